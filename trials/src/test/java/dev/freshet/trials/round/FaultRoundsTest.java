package dev.freshet.trials.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.trials.fault.FaultKind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of fault twice; {@code ./build rounds} runs more. */
@Tag("verify")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultRoundsTest {
  private static final FailureFiles FAILURES =
      new FailureFiles(Path.of("target", "rounds-of-tests"));

  @ParameterizedTest
  @EnumSource
  void noReaderIsToldWhatIsNotSoAndTheCacheEqualsEtcdSoon(FaultKind kind) throws Exception {
    assertThat(Round.run(1, kind, 1, FAILURES).problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void norIsAnyReaderTheSecondTime(FaultKind kind) throws Exception {
    assertThat(Round.run(2, kind, 2, FAILURES).problems()).isEmpty();
  }
}
