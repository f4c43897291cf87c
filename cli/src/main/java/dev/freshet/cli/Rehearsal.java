package dev.freshet.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the archive of the command's classes is made from: short commands, as they are typed most,
 * at a server of recorded answers. {@code scripts/archive.sh} runs it in the background, once for
 * each build of the command, in a JVM that records which classes it needs and how they are used.
 *
 * <p>Asks nobody but its own server, and prints nothing.
 */
final class Rehearsal {

  /** Far more than it takes on a machine that is busy otherwise. */
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(3);

  /** So often that the JVM learns what is called much, and no more. */
  private static final int ROUNDS = 3;

  private static final List<Line> ALONE =
      List.of(
          new Line("--version", ExitCode.OK),
          new Line("--help", ExitCode.OK),
          new Line("list --help", ExitCode.OK),
          new Line("lits", ExitCode.USAGE));

  private static final List<Line> AT_A_SERVER =
      List.of(
          new Line("list pods -A", ExitCode.OK),
          new Line("list pods", ExitCode.OK),
          new Line("list po -o wide", ExitCode.OK),
          new Line("list pods -l app=web -o name", ExitCode.OK),
          new Line("list pods -o json", ExitCode.OK),
          new Line("list pods -o yaml", ExitCode.OK),
          new Line("list pods --consistency cached", ExitCode.OK),
          new Line("get pod web-0", ExitCode.OK),
          new Line("get pod web-0 -o yaml", ExitCode.OK),
          new Line("list namespaces", ExitCode.OK),
          new Line("list deployments -A", ExitCode.OK),
          new Line("list nothing", ExitCode.FAILED));

  private record Line(String words, int ends) {
    boolean goesWrong(String more) {
      var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      var console = new Console(nowhere, nowhere, true, true, Map.of());
      return Main.run(console, (words + more).split(" ")) != ends;
    }
  }

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().name("freshet-rehearsal-end").start(Rehearsal::endInTime);
    boolean failed = false;
    try (var server = RehearsalServer.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        failed |= !play(server).isEmpty();
      }
    }
    System.exit(failed ? ExitCode.FAILED : ExitCode.OK);
  }

  /** Plays every line once. Returns those that did not end as they should. */
  static List<String> play(RehearsalServer server) {
    return Stream.concat(
            ALONE.stream().filter(line -> line.goesWrong("")),
            AT_A_SERVER.stream()
                .filter(line -> line.goesWrong(" --kubeconfig " + server.kubeconfig())))
        .map(Line::words)
        .toList();
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
