package dev.freshet.testkit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlantedBugsTest {
  private static final int OPERATIONS = 3_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aRightHistoryIsAccepted(long seed) {
    Verdict verdict = verdict(seed, Bug.NONE);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.readsJudged()).isGreaterThan(OPERATIONS / 3);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyBugIsFoundByTheRuleThatIsThereForIt(Bug bug) {
    EnumSet<Rule> found = EnumSet.noneOf(Rule.class);
    for (long seed = 1; seed <= 3; seed++) {
      Verdict verdict = verdict(seed, bug);
      assertThat(verdict.accepted()).as("accepted with seed %d", seed).isFalse();
      found.addAll(verdict.counts().keySet());
    }

    assertThat(found).containsAll(bug.foundBy());
  }

  private static Verdict verdict(long seed, Bug bug) {
    Simulation.Run run = Simulation.run(seed, bug, OPERATIONS);
    return Judge.of(run.log()).check(run.history());
  }
}
