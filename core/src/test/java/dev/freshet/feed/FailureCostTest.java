package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.ApiException;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureCostTest {

  private static FailureCost ofCode(int code) {
    return FailureCost.of(new ApiException(code, "", Optional.empty(), "", ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 502, 503})
  void whatTheServerMayWellAcceptLaterCostsNothing(int code) {
    assertThat(ofCode(code)).isEqualTo(FailureCost.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 504})
  void anyOtherRefusalCostsTheLineage(int code) {
    assertThat(ofCode(code)).isEqualTo(FailureCost.LINEAGE);
  }

  @Test
  void whatNeverReachedTheServerCostsNothing() {
    assertThat(FailureCost.of(new ConnectionException("", ""))).isEqualTo(FailureCost.NOTHING);
    assertThat(FailureCost.of(new DeadlineException("", Duration.ZERO, "")))
        .isEqualTo(FailureCost.NOTHING);
    assertThat(FailureCost.of(new ConfigurationException("", ""))).isEqualTo(FailureCost.NOTHING);
  }

  @Test
  void bytesThatCannotBeReadCostTheLineageAndTooManyOfThemTheStore() {
    assertThat(FailureCost.of(new MalformedResponseException("", "")))
        .isEqualTo(FailureCost.LINEAGE);
    assertThat(FailureCost.of(new LimitExceededException("", ""))).isEqualTo(FailureCost.STORE);
  }
}
