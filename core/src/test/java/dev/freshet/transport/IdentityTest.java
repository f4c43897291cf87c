package dev.freshet.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  @ParameterizedTest
  @ValueSource(strings = {"sec\nret", "sec\rret", "sec\0ret", "sec\u007fret", "sec\u20acret"})
  void aTokenThatHttpDoesNotAllowIsRefusedAndNotQuoted(String token) {
    assertThatThrownBy(() -> FixedCredentials.bearer(token))
        .isInstanceOf(ConfigurationException.class)
        .hasNoCause()
        .hasMessageContaining("Authorization")
        .hasMessageNotContaining("sec");
  }

  @Test
  void itShowsNoSecret() {
    assertThat(FixedCredentials.bearer("secret")).hasToString("Identity[headers=[Authorization]]");
  }
}
