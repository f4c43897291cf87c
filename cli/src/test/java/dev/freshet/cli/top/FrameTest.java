package dev.freshet.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.staleness.Staleness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  private static final Inside.Hidden HIDDEN =
      new Inside.Hidden(
          "the server answered 403 to /metrics",
          "Grant this user \"get\" on the non-resource URL \"/metrics\", as the ClusterRole"
              + " system:monitoring does.");

  private static List<String> lines(Look look, int width, int height) {
    return Frame.lines(look, width, height, UnaryOperator.identity());
  }

  private static String text(Look look, int width) {
    return String.join("\n", lines(look, width, Frame.ENDLESS)) + "\n";
  }

  private static Look well(Inside inside) {
    return Looks.look(
        List.of(Looks.kind(Looks.cache("pods", "918273", "current"))),
        List.of(Looks.caller("freshet-top", 1)),
        Looks.well(),
        inside);
  }

  @Test
  void everythingFitsEightyColumns() {
    assertThat(text(Looks.usual(), 80))
        .isEqualTo(
            """
            shop-prod  https://10.0.0.1:6443  v1.37.2                               09:14:02
            The server answers in 3.1ms, 1.5/s, 2 of 64 at a time; none refused or failed.
            Callers and caches are this command's own; --program URL shows a program's.

            KIND              BEHIND  EVENTS/S  READS/S  OBJECTS     BYTES  WHY
            pods               0.01s      12.3      0.5   20,000  148.0 MB  current
            deployments.apps   0.01s      12.3      0.5   20,000  148.0 MB  waits for an ev…

            CALLER         READS/S  REQUESTS/S  BYTES/S  WAITING  OVER/S  REFUSED/S  BUDGET
            dashboard        1,240        <0.1  96.5 kB        0     0.0        0.0      0%
            quota-webhook    1,240        41.5  96.5 kB        0     0.0        0.0     42%

            API server, all clients: 3 reading, 1 writing now; its /metrics are 3s old.
            PRIORITY LEVEL  SEATS  NOMINAL  LIMIT  QUEUED  REJECTED/S  REASON
            exempt              1      245     56       0         0.0
            system              0      245     56       0         0.0
            workload-low      245      245     56      31         2.5  queue-full

            AT THE SERVER     LISTS/S   TOOK  GETS/S  WATCHES  CACHED/S  FALLBACK/S  WAITED
            pods                  3.2  4.1ms    17.0       14       3.2         0.0   1.8ms
            deployments.apps      3.2  4.1ms    17.0       14       3.2         0.0   1.8ms
            """);
  }

  @Test
  void aWideTerminalShowsEveryColumnWhole() {
    assertThat(text(Looks.usual(), 160))
        .isEqualTo(
            """
            shop-prod  https://10.0.0.1:6443  v1.37.2                                                                                                               09:14:02
            The server answers in 3.1ms, 1.5/s, 2 of 64 at a time; none refused or failed.
            Callers and caches are this command's own; --program URL shows a program's.

            KIND                HEAD  FRONTIER  BEHIND  EVENTS/S  BOOKMARK  READS/S  OBJECTS     BYTES  WHY
            pods              918273    918273   0.01s      12.3       41s      0.5   20,000  148.0 MB  current
            deployments.apps  918273    918270   0.01s      12.3       41s      0.5   20,000  148.0 MB  waits for an event or a bookmark past 918273

            CALLER         READS/S  REQUESTS/S  BYTES/S  IN FLIGHT  WAITING  OVER/S  REFUSED/S  BUDGET
            dashboard        1,240        <0.1  96.5 kB          2        0     0.0        0.0      0%
            quota-webhook    1,240        41.5  96.5 kB          2        0     0.0        0.0     42%

            API server, all clients: 3 reading, 1 writing now; its /metrics are 3s old.
            PRIORITY LEVEL  SEATS  NOMINAL  LIMIT  QUEUED  REJECTED/S  REASON
            exempt              1      245     56       0         0.0
            system              0      245     56       0         0.0
            workload-low      245      245     56      31         2.5  queue-full

            AT THE SERVER     LISTS/S   TOOK  GETS/S   TOOK  WATCHES  ENDED/S  CACHED/S  FALLBACK/S  WAITED  CACHE AT
            pods                  3.2  4.1ms    17.0  1.2ms       14      0.0       3.2         0.0   1.8ms    918273
            deployments.apps      3.2  4.1ms    17.0  1.2ms       14      0.0       3.2         0.0   1.8ms    918273
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 79, 80, 100, 160, 400})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(lines(Looks.usual(), width, Frame.ENDLESS))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 24, 50})
  void thereAreNoMoreLinesThanTheTerminalHas(int height) {
    assertThat(lines(Looks.crowded(40), 80, height)).hasSizeLessThanOrEqualTo(height);
  }

  @Test
  void whereNothingIsOnARowGoesBeforeAnyOther() {
    List<String> lines = lines(Looks.crowded(5), 80, 22);
    assertThat(lines).filteredOn(line -> line.startsWith("caller-")).hasSize(5);
    assertThat(lines).filteredOn(line -> line.startsWith("level-")).hasSizeLessThan(5);
    assertThat(lines.getLast()).startsWith("Not shown: ").endsWith(" of the priority levels.");
  }

  @Test
  void theBusiestCallersStayInTheirOrder() {
    List<String> lines = lines(Looks.crowded(40), 80, 24);
    assertThat(lines).hasSize(24);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("caller-"))
        .satisfies(
            shown -> {
              assertThat(shown.getFirst()).startsWith("caller-00");
              assertThat(shown).isSorted();
              assertThat(lines.getLast()).contains(40 - shown.size() + " of the callers");
            });
  }

  @Test
  void aCallerThatWaitsStaysThoughItAsksLittle() {
    var idle = Looks.caller("patient", 0.1);
    var waiting =
        new Look.Caller(
            idle.name(),
            idle.reads(),
            idle.requests(),
            idle.bytes(),
            0,
            3,
            idle.overBudget(),
            idle.refused(),
            idle.budgetShare());
    Look look =
        Looks.look(
            Looks.usual().kinds(),
            List.of(Looks.caller("busy", 90), Looks.caller("busier", 95), waiting),
            Looks.well(),
            HIDDEN);
    assertThat(lines(look, 80, 12)).anyMatch(line -> line.startsWith("patient"));
    assertThat(lines(look, 80, 12)).noneMatch(line -> line.startsWith("busy"));
  }

  @Test
  void whoMayNotReadTheServersMetricsIsToldHowToBeAllowed() {
    assertThat(lines(well(HIDDEN), 80, Frame.ENDLESS))
        .endsWith(
            "API server, all clients: not shown, since the server answered 403 to /metrics.",
            "Grant this user \"get\" on the non-resource URL \"/metrics\", as the ClusterRole",
            "system:monitoring does.");
  }

  @Test
  void onlyWhatIsNotWellIsShouted() {
    var met =
        new Look.Met(
            Looks.signs(Duration.ofSeconds(3)),
            OptionalDouble.of(1.5),
            OptionalDouble.of(0.2),
            Looks.NONE,
            Looks.NONE);
    Look look = Looks.look(List.of(), List.of(), met, HIDDEN);
    assertThat(String.join(" ", lines(look, 80, Frame.ENDLESS)))
        .contains("0.2/s REFUSED; it wants to be left alone for 3s.")
        .doesNotContain("FAILED", "UNANSWERED");
  }

  private static Look ofProgram(String trouble) {
    Look own = well(HIDDEN);
    return new Look(
        own.server(),
        own.time(),
        "Callers and caches are those of the program at http://127.0.0.1:1/.",
        trouble,
        false,
        own.kinds(),
        own.callers(),
        own.met(),
        own.inside());
  }

  @Test
  void aSourceThatDoesNotAnswerIsSaidToBeOld() {
    String trouble = "no metrics from http://127.0.0.1:1/: it cannot be reached";
    assertThat(lines(ofProgram(trouble), 80, Frame.ENDLESS))
        .contains("NO ANSWER, this is old: no metrics from http://127.0.0.1:1/: it cannot be");
  }

  @Test
  void whatAProgramDoesNotTellHasNoColumn() {
    assertThat(lines(ofProgram(""), 160, Frame.ENDLESS))
        .contains(
            "KIND  FRONTIER  BEHIND  EVENTS/S  READS/S  OBJECTS     BYTES  WHY",
            "CALLER       REQUESTS/S  BYTES/S  IN FLIGHT  WAITING  OVER/S  REFUSED/S");
  }

  @Test
  void whatIsNotKnownIsAQuestionMarkAndNeverZero() {
    var unknown = OptionalDouble.empty();
    Look first =
        Looks.look(
            List.of(
                new Look.Kind(
                    new Staleness(
                        "pods",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        unknown,
                        Optional.empty(),
                        0,
                        0,
                        "listing"),
                    unknown)),
            List.of(
                new Look.Caller("top", unknown, unknown, unknown, 0, 0, unknown, unknown, unknown)),
            new Look.Met(Looks.signs(Duration.ZERO), unknown, unknown, unknown, unknown),
            HIDDEN);
    assertThat(text(first, 80))
        .containsPattern("pods +\\? +none +\\? +\\? +\\? +0 +0 B +listing")
        .containsPattern("top +\\? +\\? +\\? +0 +\\? +\\? +-")
        .contains("answers in 3.1ms, ?/s");
  }
}
