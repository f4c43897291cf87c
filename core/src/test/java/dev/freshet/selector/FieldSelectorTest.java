package dev.freshet.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.error.InvalidSelectorException;
import dev.freshet.selector.FieldSelector.Term;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts about the grammar and meaning of field selectors, most of them from apimachinery. */
class FieldSelectorTest {

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "``|``",
        ",|``",
        "=|``",
        "!=|``",
        "x=a|x=a",
        "x==a|x=a",
        "x!=a|x!=a",
        "x=|x=",
        "x=a,y=b,z=c|x=a,y=b,z=c",
        "x=a,a=x|a=x,x=a",
        "a=a,|a=a",
        ",a=a|a=a",
        "x!=a,y=b|x!=a,y=b",
        "x=a `` b|x=a `` b",
        "x = a|x = a",
        "k=\\,,k2=v2|k2=v2,k=\\,",
        "k=\\\\,k2=v2|k2=v2,k=\\\\",
        "k=\\\\\\,,k2=v2|k2=v2,k=\\\\\\,",
        "x=a\\=\\=b|x=a\\=\\=b",
        "함=수,목=록|목=록,함=수",
      })
  void theServersSpellingsAreUnderstood(String selector, String canonical) {
    assertThat(FieldSelector.parse(selector)).hasToString(canonical);
  }

  @ParameterizedTest(name = "{0} is refused at {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "x|0",
        "x=a,b|4",
        "x in (a)|0",
        "x==a==b|4",
        "x===a|3",
        "x!==a|3",
        "x=a,y=b=c|7",
        "k=\\|2",
        "k=\\\\\\|4",
        "k=\\a|2",
        "k=a\\ b|3",
      })
  void whatTheServerRefusesIsRefusedAtTheCharacter(String selector, int position) {
    InvalidSelectorException failure =
        catchThrowableOfType(InvalidSelectorException.class, () -> FieldSelector.parse(selector));
    assertThat(failure).isNotNull();
    assertThat(failure.position()).isEqualTo(position);
  }

  @Test
  void termsCarryTheUnescapedValue() {
    assertThat(FieldSelector.parse("a!=x\\,y\\=z\\\\").terms())
        .containsExactly(new Term("a", "x,y=z\\", true));
  }

  @ParameterizedTest(name = "{0} matches")
  @ValueSource(
      strings = {
        "",
        "spec.nodeName=n1",
        "spec.nodeName=n1,status.phase!=Failed",
        "absent=",
        "absent!=x",
        "odd=\\=value\\\\\\,\\\\"
      })
  void fieldsThatFulfilAllMatch(String selector) {
    assertThat(matches(selector)).isTrue();
  }

  @ParameterizedTest(name = "{0} does not match")
  @ValueSource(
      strings = {
        "spec.nodeName=n2",
        "spec.nodeName!=n1",
        "spec.nodeName=n1,status.phase=Failed",
        "absent=x",
        "absent!="
      })
  void fieldsThatMissOneDoNotMatch(String selector) {
    assertThat(matches(selector)).isFalse();
  }

  private static boolean matches(String selector) {
    Map<String, String> fields =
        Map.of("spec.nodeName", "n1", "status.phase", "Running", "odd", "=value\\,\\");
    return FieldSelector.parse(selector).matches(path -> fields.getOrDefault(path, ""));
  }

  @RepeatedTest(50)
  void everyValueSurvivesItsText(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    FieldSelector selector = FieldSelector.everything();
    for (int i = random.nextInt(4); i >= 0; i--) {
      StringBuilder value = new StringBuilder();
      for (int j = random.nextInt(6); j > 0; j--) {
        value.append("\\,=!a é".charAt(random.nextInt(7)));
      }
      selector = selector.and(FieldSelector.equal("p" + i, value.toString()));
    }
    assertThat(FieldSelector.parse(selector.toString())).isEqualTo(selector);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "a!", "a,b", "a\\"})
  void equalRefusesAPathThatNoTextCouldCarry(String path) {
    assertThatThrownBy(() -> FieldSelector.equal(path, "x"))
        .isInstanceOf(InvalidSelectorException.class);
  }

  @Test
  void everythingAddsNothing() {
    FieldSelector one = FieldSelector.equal("a", "1");
    assertThat(FieldSelector.everything().and(one)).isEqualTo(one);
    assertThat(FieldSelector.everything()).isEqualTo(FieldSelector.parse("")).hasToString("");
  }
}
