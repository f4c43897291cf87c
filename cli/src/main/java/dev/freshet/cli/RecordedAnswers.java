package dev.freshet.cli;

import dev.freshet.testkit.controlplane.CertificateAuthority;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import dev.freshet.testkit.process.Directories;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A program that answers a {@link Rehearsal} as kube-apiserver 1.37 did when it was recorded, over
 * TLS and HTTP/2. Prints the path of a kubeconfig, and serves until its input ends.
 */
final class RecordedAnswers {

  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  /** By path. Each is a resource, packed. */
  private static final Map<String, Answer> ANSWERS =
      Map.of(
          "/version", new Answer(JSON, "version.json.gz"),
          "/api", new Answer(JSON, "core-kinds.json.gz"),
          "/apis", new Answer(JSON, "group-kinds.json.gz"),
          "/api/v1/pods", new Answer(PROTOBUF, "pods.pb.gz"),
          "/api/v1/namespaces/shop/pods", new Answer(PROTOBUF, "pods.pb.gz"),
          "/api/v1/namespaces", new Answer(PROTOBUF, "namespaces.pb.gz"),
          "/apis/apps/v1/deployments", new Answer(PROTOBUF, "deployments.pb.gz"));

  private record Answer(String type, String resource) {
    byte[] body() {
      try (InputStream packed =
          RecordedAnswers.class.getResourceAsStream("rehearsal/" + resource)) {
        return new GZIPInputStream(packed).readAllBytes();
      } catch (IOException e) {
        throw new IllegalStateException("the jar lacks " + resource, e);
      }
    }
  }

  private RecordedAnswers() {}

  public static void main(String[] args) throws IOException {
    // Its owner's alone, as all temporary directories of the JDK.
    Path directory = Files.createTempDirectory("freshet-rehearsal-");
    try (FaultServer server =
        FaultServer.start()
            .always(request -> true, RecordedAnswers::answer)
            .refuseStreamedLists()) {
      Path kubeconfig = directory.resolve("kubeconfig");
      Files.writeString(kubeconfig, kubeconfig(server));
      System.out.println(kubeconfig);
      while (System.in.read() >= 0) {
        // Nobody writes: the end of the input is the end of the rehearsal.
      }
    } finally {
      Directories.remove(directory);
    }
  }

  private static void answer(Exchange exchange) {
    Answer answer = ANSWERS.get(exchange.request().path());
    if (answer == null) {
      exchange.fail(new StatusBuilder().withCode(404).withReason("NotFound").build());
      return;
    }
    exchange.answer(200, Map.of("content-type", answer.type()));
    if (!exchange.request().isWatch()) {
      exchange.push(answer.body()).end();
    }
  }

  private static String kubeconfig(FaultServer server) {
    Credential user = new CertificateAuthority().client(User.TEST);
    return """
    current-context: rehearsal
    contexts:
    - name: rehearsal
      context: {cluster: rehearsal, user: rehearsal, namespace: shop}
    clusters:
    - name: rehearsal
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: rehearsal
      user:
        client-certificate-data: %s
        client-key-data: %s
    """
        .formatted(
            server.uri(),
            server.config().getCaCertData(),
            encoded(user.certificate()),
            encoded(user.key()));
  }

  private static String encoded(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
