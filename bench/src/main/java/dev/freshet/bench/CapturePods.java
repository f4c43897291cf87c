package dev.freshet.bench;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the Pods that the benchmarks read: creates them on a real API server and keeps its list in
 * both formats. The argument is the directory for them; needed again only for another shape.
 */
final class CapturePods {

  private CapturePods() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    try (ControlPlane plane = ControlPlane.start()) {
      var spec = WorkloadSpec.of(PodAnswers.KEPT);
      new Workload(spec).create(plane.config(User.ADMIN), Progress.silent());
      KubernetesClient client = plane.client(User.ADMIN);
      write(directory.resolve("pods.pb.gz"), list(client, "application/vnd.kubernetes.protobuf"));
      write(directory.resolve("pods.json.gz"), list(client, "application/json"));
    }
  }

  private static byte[] list(KubernetesClient client, String format) {
    var http = client.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(client.getMasterUrl() + "api/v1/pods")
            .setHeader("Accept", format)
            .build();
    return http.sendAsync(request, byte[].class).join().body();
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }
}
