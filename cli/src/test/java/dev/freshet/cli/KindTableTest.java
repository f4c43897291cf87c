package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the tables make of objects in unusual states, as kubectl would show them. */
class KindTableTest {

  @TempDir private Path directory = Path.of("");

  private List<String> table(String path, String item, String... args) throws IOException {
    try (var server = FakeApiServer.start()) {
      server.answer(
          path, 200, "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + item + "]}");
      String[] all = new String[args.length + 2];
      System.arraycopy(args, 0, all, 0, args.length);
      all[args.length] = "--kubeconfig";
      all[args.length + 1] = server.kubeconfig(directory).toString();
      Run run = Run.of(all);
      RunAssert.assertThat(run).succeeded();
      return run.outLines();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'status':{'phase':'Running','containerStatuses':[{'ready':true,'restartCount':0,"
            + "'state':{'running':{}}}]} | 1/1 Running 0 <unknown>",
        "'status':{'phase':'Running','containerStatuses':[{'ready':false,'restartCount':7,"
            + "'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]} "
            + "| 0/1 CrashLoopBackOff 7 <unknown>",
        "'status':{'phase':'Succeeded','containerStatuses':[{'ready':false,'restartCount':0,"
            + "'state':{'terminated':{'reason':'Completed','exitCode':0}}}]} "
            + "| 0/1 Completed 0 <unknown>",
        "'status':{'phase':'Failed','containerStatuses':[{'ready':false,'restartCount':0,"
            + "'state':{'terminated':{'exitCode':3}}}]} | 0/1 ExitCode:3 0 <unknown>",
        "'status':{'phase':'Failed','reason':'Evicted'} | 0/1 Evicted 0 <unknown>",
        "'status':{'phase':'Pending','initContainerStatuses':[{'state':{'waiting':"
            + "{'reason':'PodInitializing'}}}]} | 0/1 Init:0/0 0 <unknown>",
        "'status':{'phase':'Pending','conditions':[{'reason':'SchedulingGated'}]} "
            + "| 0/1 SchedulingGated 0 <unknown>",
      })
  void podsAreShownAsKubectlShowsThem(String status, String shown) throws IOException {
    String pod =
        "{'metadata':{'name':'p','namespace':'shop'},'spec':{'containers':[{'name':'c'}]},"
            + status
            + "}";
    List<String> lines =
        table("/api/v1/namespaces/shop/pods", pod.replace('\'', '"'), "list", "pods");
    assertThat(lines.get(1).replaceAll(" +", " ")).isEqualTo("p " + shown);
  }

  @Test
  void aPodThatIsBeingDeletedIsTerminating() throws IOException {
    String pod =
        """
        {"metadata":{"name":"p","namespace":"shop","deletionTimestamp":"2026-01-01T00:00:00Z"},
         "spec":{"containers":[{"name":"c"}]},"status":{"phase":"Running"}}
        """;
    assertThat(table("/api/v1/namespaces/shop/pods", pod, "list", "pods").get(1))
        .contains("Terminating");
  }

  @Test
  void aCordonedNodeSaysSo() throws IOException {
    String node =
        """
        {"metadata":{"name":"n","labels":{"node-role.kubernetes.io/control-plane":""}},
         "spec":{"unschedulable":true},
         "status":{"conditions":[{"type":"Ready","status":"True"}],
                   "nodeInfo":{"kubeletVersion":"v1.37.2"}}}
        """;
    assertThat(table("/api/v1/nodes", node, "list", "nodes").get(1).replaceAll(" +", " "))
        .isEqualTo("n Ready,SchedulingDisabled control-plane <unknown> v1.37.2");
  }

  @ParameterizedTest
  @CsvSource({"2026-01-02,no", "0x1f,0x", "1e3,null", "on,'- a'", "'a: b','# c'"})
  void yamlKeepsTextsThatLookLikeOtherTypes(String one, String other) throws IOException {
    String pod =
        """
        {"metadata":{"name":"p","namespace":"shop","annotations":{"%1$s":"%2$s","x":"%1$s"}}}
        """
            .formatted(one, other);
    List<String> lines = table("/api/v1/namespaces/shop/pods", pod, "list", "pods", "-o", "yaml");
    var read = new Load(LoadSettings.builder().build()).loadFromString(String.join("\n", lines));
    assertThat(read)
        .extracting("items", list(Object.class))
        .first()
        .extracting("metadata.annotations")
        .isEqualTo(Map.of(one, other, "x", one));
  }
}
