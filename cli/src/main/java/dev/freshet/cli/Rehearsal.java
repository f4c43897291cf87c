package dev.freshet.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the archive of the command's classes is made from: short commands, as they are typed most, at
 * a server of recorded answers. {@code scripts/archive.sh} runs it in the background, once for each
 * build of the command, in a JVM that records which classes it needs and how they are used.
 *
 * <p>Asks nobody but its own server, and prints nothing.
 */
final class Rehearsal {

  /** Far more than it takes on a machine that is busy otherwise. */
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(3);

  /** So often that the JVM learns what is called much, and no more. */
  private static final int ROUNDS = 3;

  private static final List<String> ALONE = List.of("--version", "--help", "list --help", "lits");

  private static final List<String> AT_A_SERVER =
      List.of(
          "list pods -A",
          "list pods",
          "list po -o wide",
          "list pods -l app=web -o name",
          "list pods -o json",
          "list pods -o yaml",
          "list pods --consistency cached",
          "get pod web-0",
          "get pod web-0 -o yaml",
          "get pod nobody",
          "list namespaces",
          "list deployments -A",
          "list nothing");

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().name("freshet-rehearsal-end").start(Rehearsal::endInTime);
    try (var server = RehearsalServer.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        ALONE.forEach(line -> play(line.split(" ")));
        AT_A_SERVER.forEach(
            line -> play((line + " --kubeconfig " + server.kubeconfig()).split(" ")));
      }
    }
    System.exit(ExitCode.OK);
  }

  private static void play(String... args) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var unused = Main.run(new Console(nowhere, nowhere, true, true, Map.of()), args);
  }

  private static void endInTime() {
    try {
      Thread.sleep(ENDS_WITHIN);
      Runtime.getRuntime().halt(ExitCode.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
