package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each failure names its cause in one line and what to do in the next; none shows the token. */
class BadInputTest {

  private static final String NO_PODS =
      "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},"
          + "\"items\":[]}";

  @TempDir private Path directory = Path.of("");
  private FakeApiServer server;

  BadInputTest() throws IOException {
    server = FakeApiServer.start();
  }

  @BeforeEach
  void serveNoPods() {
    server.answer("/api/v1/namespaces/shop/pods", 200, NO_PODS);
    server.answer("/api/v1/pods", 200, NO_PODS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Run freshet(String... args) throws IOException {
    return freshet(server.kubeconfig(directory), args);
  }

  private static Run freshet(Path kubeconfig, String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--kubeconfig";
    all[args.length + 1] = kubeconfig.toString();
    Run run = Run.of(all);
    assertThat(run.err()).doesNotContain("canary");
    return run;
  }

  @Test
  void aMissingKubeconfigIsNamed() {
    Path missing = directory.resolve("none");
    RunAssert.assertThat(freshet(missing, "list", "pods"))
        .failedWith(ExitCode.FAILED, missing.toString(), "--kubeconfig");
  }

  @Test
  void aMalformedKubeconfigIsNamed() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "contexts: [{");
    RunAssert.assertThat(freshet(broken, "list", "pods"))
        .failedWith(ExitCode.FAILED, broken + " is not valid YAML", "Correct the file");
  }

  @Test
  void anUnknownContextIsAnsweredWithThoseThereAre() throws IOException {
    RunAssert.assertThat(freshet("list", "pods", "--context", "there"))
        .failedWith(ExitCode.FAILED, "no context \"there\"", "here");
  }

  @Test
  void aRefusedConnectionNamesTheAddress() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    RunAssert.assertThat(freshet(FakeApiServer.kubeconfig(directory, free), "list", "pods"))
        .failedWith(ExitCode.FAILED, "127.0.0.1:" + free, "server address");
  }

  @Test
  void a401SaysToLogIn() throws IOException {
    server.answer("/version", 401, "{}");
    RunAssert.assertThat(freshet("list", "pods"))
        .failedWith(ExitCode.FAILED, "401", "Log in again");
  }

  @Test
  void a403NamesVerbAndResourceToGrant() throws IOException {
    server.answer(
        "/api/v1/namespaces/shop/pods",
        403,
        "{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"code\":403}");
    RunAssert.assertThat(freshet("list", "pods"))
        .failedWith(
            ExitCode.FAILED,
            "not allowed to list pods in namespace shop",
            "Grant this user the verb \"list\" on resource \"pods\"");
  }

  @Test
  void anUnknownKindIsAnsweredWithNearOnes() throws IOException {
    RunAssert.assertThat(freshet("list", "podz"))
        .failedWith(ExitCode.FAILED, "no kind \"podz\"", "Did you mean pods");
  }

  @Test
  void whatIsNoApiServerIsSaidToBeNone() throws IOException {
    server.answer("/version", 200, "<html>");
    RunAssert.assertThat(freshet("list", "pods"))
        .failedWith(ExitCode.FAILED, "/version", "Kubernetes API server");
  }

  @Test
  void aFieldThatACacheCannotSelectByIsNamed() throws IOException {
    RunAssert.assertThat(
            freshet("list", "pods", "--consistency", "cached", "--field-selector", "spec.x=1"))
        .failedWith(ExitCode.FAILED, "field spec.x", "strong()");
  }

  @Test
  void aCacheThatMayNotListFailsAtItsDeadlineWithTheReason() throws IOException {
    server.answer("/api/v1/namespaces/shop/pods", 403, "{}");
    RunAssert.assertThat(
            freshet("list", "pods", "--consistency", "cached", "--request-timeout", "300ms"))
        .failedWith(ExitCode.FAILED, "not allowed to list pods", "");
  }

  @Test
  void anOlderServerIsReadWithAWarning() throws IOException {
    server.version("v1.28.4");
    Run run = freshet("list", "pods");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.errLines().get(0)).startsWith("warning: the API server is v1.28.4");
    assertThat(run.errLines().get(1)).startsWith("  Not promised there:");
  }

  @Test
  void aServerThatHidesItsVersionIsReadWithoutOne() throws IOException {
    server.answer("/version", 403, "{}");
    Run run = freshet("list", "pods");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.err()).doesNotContain("warning");
  }

  @Test
  void theContextsNamespaceIsTheDefault() throws IOException {
    assertThat(freshet("list", "pods").errLines())
        .contains("No resources found in shop namespace.");
  }

  @Test
  void debugAddsTheStackTrace() throws IOException {
    assertThat(freshet("list", "podz", "--debug").err()).contains("\tat dev.freshet");
  }
}
