package dev.freshet.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.UnsupportedReadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceVersionTest {

  @Test
  void comparesAsADecimalIntegerOfAnyLength() {
    ResourceVersion small = new ResourceVersion("99");
    ResourceVersion large = new ResourceVersion("340282366920938463463374607431768211455");
    assertThat(small).isLessThan(new ResourceVersion("100"));
    assertThat(large).isGreaterThan(new ResourceVersion("99999999999999999999"));
    assertThat(new ResourceVersion("123").isAtLeast(new ResourceVersion("123"))).isTrue();
  }

  @Test
  void thePredecessorCrossesPowersOfTen() {
    assertThat(new ResourceVersion("1000").predecessor()).isEqualTo(new ResourceVersion("999"));
    assertThat(new ResourceVersion("18446744073709551616").predecessor().text())
        .isEqualTo("18446744073709551615");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "-1", "12a", "a9f", " 1", "1.0", "١"})
  void otherTextsAreKeptButHaveNoOrder(String text) {
    ResourceVersion opaque = new ResourceVersion(text);
    assertThat(opaque.isComparable()).isFalse();
    assertThatThrownBy(() -> opaque.compareTo(new ResourceVersion("5")))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("cached()");
  }
}
