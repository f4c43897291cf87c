package dev.freshet.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFactsTest {

  private static AnswerFacts facts(String json) {
    return AnswerFacts.of(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAnObjectsIdentityAndVersion() {
    AnswerFacts facts =
        facts(
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"managedFields\":[{\"a\":{}}],"
                + "\"name\":\"a\",\"namespace\":\"ns\",\"labels\":{\"uid\":\"no\"},\"uid\":\"u\","
                + "\"generation\":3,\"resourceVersion\":\"12\"},\"spec\":{}}");
    assertThat(facts.isStatus()).isFalse();
    assertThat(facts.version().text()).isEqualTo("12");
    assertThat(facts.namespace()).isEqualTo("ns");
    assertThat(facts.name()).isEqualTo("a");
    assertThat(facts.uid()).isEqualTo("u");
  }

  @Test
  void readsTheObjectThatAStatusSpeaksOf() {
    AnswerFacts facts =
        facts(
            "{\"kind\":\"Status\",\"metadata\":{},\"status\":\"Success\","
                + "\"details\":{\"name\":\"a\",\"uid\":\"u\",\"causes\":[{\"field\":\"x\"}]}}");
    assertThat(facts.isStatus()).isTrue();
    assertThat(facts.version().text()).isEmpty();
    assertThat(facts.uid()).isEqualTo("u");
  }

  @Test
  void findsMetadataThatComesLast() {
    assertThat(
            facts(
                    "{\"spec\":{\"metadata\":{\"resourceVersion\":\"1\"}},\"items\":[1,[2]],"
                        + "\"metadata\":{\"resourceVersion\":\"7\"}}")
                .version()
                .text())
        .isEqualTo("7");
  }

  @Test
  void readsOnlyAsFarAsNecessary() {
    assertThat(facts("{\"metadata\":{\"resourceVersion\":\"7\"},\"spec\":{{{").version().text())
        .isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "{",
        "k8s\u0000binary",
        "{\"metadata\":\"x\"}",
        "{\"metadata\":{\"resourceVersion\":\"7\"",
        "{\"metadata\":{\"resourceVersion\":7}}"
      })
  void tellsNothingOfWhatItCannotRead(String body) {
    assertThat(facts(body).version().text()).isEmpty();
  }

  @Test
  void seesADryRunInTheBodyOfADelete() {
    assertThat(AnswerFacts.asksForDryRun("{\"kind\":\"DeleteOptions\",\"dryRun\":[\"All\"]}"))
        .isTrue();
    assertThat(AnswerFacts.asksForDryRun("{\"dryRun\":[]}")).isFalse();
    assertThat(AnswerFacts.asksForDryRun("{\"x\":{\"dryRun\":[\"All\"]}}")).isFalse();
    assertThat(AnswerFacts.asksForDryRun("[\"dryRun\"]")).isFalse();
    assertThat(AnswerFacts.asksForDryRun("{\"dryRun\"")).isFalse();
    assertThat(AnswerFacts.asksForDryRun("")).isFalse();
  }
}
