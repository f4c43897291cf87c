package dev.freshet.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.error.InvalidSelectorException;
import dev.freshet.object.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts about the grammar and meaning of label selectors, most of them from apimachinery. */
class LabelSelectorTest {

  @ParameterizedTest(name = "\"{0}\" means {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|''",
        "' \t\r\n '|''",
        "x=a|x=a",
        "x==a|x=a",
        "x!=a|x!=a",
        "x|x",
        "!x|!x",
        "! x|!x",
        "'\rx'|x",
        "'a '|a",
        "' x = a , y != b '|x=a,y!=b",
        "x=|x=",
        "'x= '|x=",
        "'x= ,z= '|x=,z=",
        "x!=|x!=",
        "x=a,y=b,z=c|x=a,y=b,z=c",
        "z,y,x|x,y,z",
        "x>1|x>1",
        "x<7|x<7",
        "x>1,z<5|x>1,z<5",
        "x>007|x>7",
        "x>9223372036854775807|x>9223372036854775807",
        "x in (a)|x=a",
        "x notin (a)|x!=a",
        "'foo  in\t (abc,def)'|'foo in (abc,def)'",
        "'x notin\n (b,a)'|'x notin (a,b)'",
        "x in(a,b)|'x in (a,b)'",
        "x in (abc,abc)|x=abc",
        "x in ()|x=",
        "x notin ( )|x!=",
        "x in (,)|x=",
        "x in (abc,)|'x in (,abc)'",
        "'x notin (, a)'|'x notin (,a)'",
        "'x in (a,,,,)'|'x in (,a)'",
        "'x in (a,,a,,a)'|'x in (,a)'",
        "'a in (x,y,notin, z,in)'|'a in (in,notin,x,y,z)'",
        "notin=in|notin=in",
        "in in (in)|in=in",
        "notin notin (notin)|notin!=notin",
        "in|in",
        "!notin|!notin",
        "'x notin (abc,,def),bar,z in (),w'|'bar,w,x notin (,abc,def),z='",
        "'0.1.2.domain/99 notin (10.10.100.1, t.c)'|'0.1.2.domain/99 notin (10.10.100.1,t.c)'",
        "this-is-a-dns.domain.com/key-with-dash|this-is-a-dns.domain.com/key-with-dash",
        "A_b.c-D=E_f.g-H|A_b.c-D=E_f.g-H",
      })
  void theServersSpellingsAreUnderstood(String selector, String canonical) {
    assertThat(LabelSelector.parse(selector)).hasToString(canonical);
  }

  @ParameterizedTest(name = "\"{0}\" is refused at {1}")
  @CsvSource(
      delimiter = '#',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        ",#0",
        "x,#2",
        "x,,y#2",
        ",x,y#0",
        "x=a||y=b#3",
        "x==a==b#4",
        "x===a#3",
        "!x=a#2",
        "!!x#1",
        "!#1",
        "!,x#1",
        "x!#1",
        "x<a#2",
        "x>1.5#2",
        "x>#2",
        "x>,y#2",
        "x>-1#2",
        "x>+1#2",
        "x>=1#2",
        "x>9223372036854775808#2",
        "x nott in (y)#2",
        "x exists#2",
        "x y#2",
        "x in#4",
        "x in y#5",
        "x in (#6",
        "x in (a#7",
        "x in (a b)#8",
        "x in (a=b)#7",
        "x in (a)b#8",
        "a in (xyz),#11",
        "a in (xyz)b notin ()#10",
        "x in ((a))#6",
        "x in (!a)#6",
        "a (#2",
        "(#0",
        ")#0",
        "=a#0",
        "x=(a)#2",
        "x=a b#4",
        "x=a=b#3",
        "x=-a#2",
        "x=a-#3",
        "x=a/b#3",
        "x=a~#3",
        "x=é#2",
        "x in (a,b~)#9",
        "-x#0",
        "x-#1",
        "x~y#1",
        "/x#0",
        "x/#2",
        "a/b/c#3",
        "a_b/c#1",
        "A/c#0",
        "a-/c#1",
        "a..b/c#2",
        ".a/c#0",
        "a./c#1",
        "-a/c#0",
        "a.-b/c#2",
        "a-.b/c#1",
        "x=aNUL#3",
      })
  void whatTheServerRefusesIsRefusedAtTheCharacter(String selector, int position) {
    InvalidSelectorException failure =
        catchThrowableOfType(
            InvalidSelectorException.class,
            () -> LabelSelector.parse(selector.replace("NUL", "\0")));
    assertThat(failure).isNotNull();
    assertThat(failure.position()).isEqualTo(position);
  }

  @Test
  void aNameOfSixtyThreeCharactersIsTheLongest() {
    assertThat(LabelSelector.parse("a".repeat(63)).requirements()).hasSize(1);
    assertThatThrownBy(() -> LabelSelector.parse("a".repeat(64)))
        .isInstanceOf(InvalidSelectorException.class)
        .hasMessageContaining("longer than 63");
  }

  @Test
  void aPrefixOf253CharactersIsTheLongest() {
    assertThat(LabelSelector.parse("a".repeat(253) + "/x").requirements()).hasSize(1);
    assertThatThrownBy(() -> LabelSelector.parse("a".repeat(254) + "/x"))
        .isInstanceOf(InvalidSelectorException.class)
        .hasMessageContaining("longer than 253");
  }

  @Test
  void aValueOfSixtyThreeCharactersIsTheLongest() {
    assertThat(LabelSelector.parse("x=" + "a".repeat(63)).requirements()).hasSize(1);
    assertThatThrownBy(() -> LabelSelector.parse("x=" + "a".repeat(64)))
        .isInstanceOf(InvalidSelectorException.class);
  }

  @Test
  void theRefusalSaysWhatWasFoundAndWhatWouldDo() {
    assertThatThrownBy(() -> LabelSelector.parse("app=web;tier=db"))
        .hasMessageContaining("at character 8 of \"app=web;tier=db\"")
        .hasMessageContaining("Use letters, digits");
  }

  @ParameterizedTest(name = "\"{0}\" matches")
  @ValueSource(
      strings = {
        "",
        "foo=bar",
        "foo=bar,baz=blah",
        "foo!=blah",
        "none!=x",
        "none notin (x,y)",
        "foo in (a,bar)",
        "foo notin (a,b)",
        "foo",
        "!none",
        "empty=",
        "empty in (a,)",
        "empty",
        "two>1",
        "two<3",
        "two>1,two<3",
        "none notin ()",
      })
  void labelsThatFulfilAllMatch(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
  }

  @ParameterizedTest(name = "\"{0}\" does not match")
  @ValueSource(
      strings = {
        "foo=blah",
        "foo=bar,foobar=bar",
        "foo!=bar",
        "none=",
        "none in ()",
        "foo in (a,b)",
        "foo notin (a,bar)",
        "none",
        "!foo",
        "!empty",
        "empty!=",
        "two>2",
        "two<2",
        "foo>1",
        "foo<1",
        "none>1",
        "none<1",
        "empty<1",
        "large>1",
        "foo=bar,!two",
      })
  void labelsThatMissOneDoNotMatch(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
  }

  private static final Labels LABELS =
      Labels.of(
          Map.of(
              "foo",
              "bar",
              "baz",
              "blah",
              "empty",
              "",
              "two",
              "2",
              "large",
              "9223372036854775808"));

  @Test
  void spellingAndOrderDoNotMakeSelectorsDiffer() {
    assertThat(LabelSelector.parse("b in (y,x),a==1,a=1"))
        .isEqualTo(LabelSelector.parse("a in (1) , b in (x,y,x)"))
        .hasSameHashCodeAs(LabelSelector.parse("a=1,b in (x,y)"));
  }

  @Test
  void equalityIsMembershipInOneValue() {
    assertThat(LabelSelector.parse("x==a").requirements())
        .containsExactly(new Requirement.In("x", List.of("a")));
  }

  @Test
  void andAsksForBoth() {
    assertThat(LabelSelector.equal("b", "2").and(LabelSelector.parse("a!=1")))
        .isEqualTo(LabelSelector.parse("a!=1,b=2"));
  }

  @Test
  void everythingAddsNothing() {
    LabelSelector one = LabelSelector.equal("a", "1");
    assertThat(LabelSelector.everything().and(one)).isEqualTo(one);
    assertThat(LabelSelector.everything()).isEqualTo(LabelSelector.parse("")).hasToString("");
  }

  @Test
  void equalRefusesWhatCannotBeAValueAndPointsAtIt() {
    InvalidSelectorException failure =
        catchThrowableOfType(
            InvalidSelectorException.class, () -> LabelSelector.equal("app", "a,b=c"));
    assertThat(failure.selector()).isEqualTo("app=a,b=c");
    assertThat(failure.position()).isEqualTo(5);
  }

  @Test
  void equalRefusesAnEmptyKey() {
    assertThatThrownBy(() -> LabelSelector.equal("", "a"))
        .isInstanceOf(InvalidSelectorException.class);
  }
}
