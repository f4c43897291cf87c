package dev.freshet.fabric8;

import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiRequest.Purpose;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A program that handles a secret in every way we know, well and badly, with every logger wide open
 * and every failure printed in full. {@link CanaryTest} reads what it says.
 */
final class Canary {

  static final String SECRET = "canary-5ecret-7oken";
  static final String WIDE_OPEN = "every level is logged";
  static final String DONE = "the canary has sung";

  private static final TestClock CLOCK = new TestClock();

  private final Path directory;

  private Canary(Path directory) {
    this.directory = directory;
  }

  /** A step that may fail as it likes. */
  private interface Step {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.ALL);
    var console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    root.addHandler(console);
    org.slf4j.LoggerFactory.getLogger(Canary.class).trace(WIDE_OPEN);
    new Canary(Path.of(arguments[0])).sing();
    System.out.println(DONE);
    System.exit(0);
  }

  private void sing() throws Exception {
    var pki = new TestPki("authority");
    String[] scripts = {
      "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\""
          + SECRET
          + "\"}}'",
      "echo " + SECRET,
      "echo " + SECRET + " >&2; exit 1",
      "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":{\"x\":\""
          + SECRET
          + "\"}}}'",
    };
    var users =
        new java.util.ArrayList<>(
            List.of(
                new String[] {"token: " + SECRET},
                new String[] {"token: \"" + SECRET + "\\nX-Evil: 1\""},
                new String[] {"username: me", "password: " + SECRET},
                new String[] {"tokenFile: token"},
                new String[] {
                  "client-certificate-data: " + KubeconfigFile.base64(SECRET),
                  "client-key-data: " + KubeconfigFile.base64(SECRET)
                },
                new String[] {"client-key-data: '" + SECRET + "!'", "client-certificate: x"},
                new String[] {
                  "auth-provider:",
                  "  name: oidc",
                  "  config: {idp-issuer-url: 'http://127.0.0.1:1', refresh-token: " + SECRET + "}"
                },
                new String[] {"token: [" + SECRET + "]"},
                new String[] {"token: {" + SECRET},
                new String[] {"exec: " + SECRET}));
    Files.writeString(directory.resolve("token"), SECRET + "\n");
    for (int i = 0; i < scripts.length; i++) {
      Path script = directory.resolve("plugin" + i + ".sh");
      Files.writeString(script, "#!/bin/sh\n" + scripts[i] + "\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      users.add(
          new String[] {
            "exec:",
            "  apiVersion: client.authentication.k8s.io/v1",
            "  command: ./plugin" + i + ".sh",
            "  args: [a]"
          });
    }
    try (var good = FakeApi.tls(pki.server(), exchange -> FakeApi.reply(exchange, 200, "{}"));
        var refusing = FakeApi.tls(pki.server(), exchange -> FakeApi.reply(exchange, 401, "{}"));
        var failing = FakeApi.tls(pki.server(), exchange -> FakeApi.reply(exchange, 500, "{}"))) {
      for (String[] user : users) {
        use(good.url(), pki, user);
      }
      for (String server : List.of(refusing.url(), failing.url(), "https://[::1]:1")) {
        use(server, pki, users.get(0));
      }
    }
  }

  private void use(String server, TestPki pki, String[] user) throws Exception {
    Path file = directory.resolve("config");
    KubeconfigFile.write(file, server, pki.authorityPem(), user);
    step(
        () -> {
          var config = ConfigLoader.ofProcess().load(Optional.of(file), Optional.empty());
          try (var connection = Connection.open(config, "freshet/test", CLOCK)) {
            System.out.println(new AccessSource(config, directory.resolve("none")).read());
            step(() -> read(connection));
            step(() -> read(connection));
            step(() -> write(connection));
            Files.writeString(file, "users: [{" + SECRET);
            CLOCK.pass(Fabric8Credentials.RENEW_EVERY);
            step(() -> read(connection));
            Files.deleteIfExists(file);
            CLOCK.pass(Fabric8Credentials.RENEW_EVERY);
            step(() -> read(connection));
          }
        });
  }

  private static void read(Connection connection) {
    try (var response =
        connection
            .transport()
            .send(
                new ApiRequest(Purpose.DIRECT, "canary", "/api", "*/*", Duration.ofSeconds(30)))) {
      System.out.println(response.status());
    }
  }

  private static void write(Connection connection) {
    try (var client = connection.newWriteClient()) {
      System.out.println(client.getConfiguration());
      client
          .configMaps()
          .inNamespace("team")
          .resource(new ConfigMapBuilder().withNewMetadata().withName("x").endMetadata().build())
          .create();
    }
  }

  private static void step(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      e.printStackTrace(System.out);
    }
  }
}
