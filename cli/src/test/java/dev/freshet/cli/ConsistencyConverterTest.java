package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Consistency;
import dev.freshet.Token;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsistencyConverterTest {

  private static final String TOKEN = Tokens.ofPods("uid:here", "shop", "12");

  private static Consistency level(String text) {
    return new ConsistencyConverter().convert(text);
  }

  @Test
  void levelsAreReadByTheirNames() {
    assertThat(level("cached")).isEqualTo(Consistency.cached());
    assertThat(level("Strong")).isEqualTo(Consistency.strong());
    assertThat(level("read-your-writes")).isEqualTo(Consistency.readYourWrites());
    assertThat(level("within=1m30s")).isEqualTo(Consistency.within(Duration.ofSeconds(90)));
    assertThat(level("at-least=" + TOKEN)).isEqualTo(Consistency.atLeast(Token.parse(TOKEN)));
    assertThat(level("exactly=" + TOKEN)).isEqualTo(Consistency.exactly(Token.parse(TOKEN)));
  }

  @Test
  void aTruncatedTokenIsSaidToBeTruncated() {
    assertThatThrownBy(() -> level("at-least=" + TOKEN.substring(0, TOKEN.length() - 3)))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void anOversizedTokenIsMeasured() {
    assertThatThrownBy(() -> level("exactly=f1." + "A".repeat(5_000)))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("5003 characters");
  }

  @Test
  void aVersionThatNoServerWritesIsRefused() {
    String absurd = Tokens.ofPods("uid:here", "shop", "9".repeat(40));
    assertThatThrownBy(() -> level("at-least=" + absurd))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("no API server writes");
  }
}
