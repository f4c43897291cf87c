package dev.freshet.cli;

import dev.freshet.Fence;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which fences are measured beside cached and direct reads. */
final class MeasuredFences {

  /** What {@code --fence} takes. */
  enum Way {
    PROBE,
    TOUCH,
    BOOKMARK,
    ALL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--fence",
      paramLabel = "WAY",
      split = ",",
      description = {
        "Strong reads from the cache too, by ${COMPLETION-CANDIDATES}: "
            + "a row for each, measured alone and as long."
      })
  private Set<Way> ways = EnumSet.noneOf(Way.class);

  private boolean has(Way way) {
    return ways.contains(way) || ways.contains(Way.ALL);
  }

  /** Whether a touch is asked for by its own name, and not only among all. */
  boolean insistOnTouch() {
    return ways.contains(Way.TOUCH);
  }

  /**
   * The fences in the order of their rows.
   *
   * @param canTouch whether there is an object to touch; else that row is left out
   */
  List<Fence> list(boolean canTouch) {
    return Stream.of(Fence.PROBE, Fence.TOUCH, Fence.BOOKMARK)
        .filter(
            fence ->
                switch (fence) {
                  case PROBE -> has(Way.PROBE);
                  case TOUCH -> canTouch && has(Way.TOUCH);
                  case BOOKMARK -> has(Way.BOOKMARK);
                  case AUTO, DIRECT -> false;
                })
        .toList();
  }

  /** Whether a touch was among what is asked for, but there was nothing to touch. */
  boolean lacksTouch(boolean canTouch) {
    return !canTouch && has(Way.TOUCH);
  }
}
