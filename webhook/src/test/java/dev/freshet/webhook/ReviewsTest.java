package dev.freshet.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.MalformedResponseException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are reviews, and bodies that are none. */
class ReviewsTest {

  private static final Optional<String> JSON = Optional.of("application/json");

  private static final String REVIEW =
      """
      {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
        "uid": "1234", "operation": "UPDATE", "namespace": "ns", "name": "a", "dryRun": true,
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "resource": {"group": "", "version": "v1", "resource": "pods"},
        "userInfo": {"username": "jane"},
        "object": {"metadata": {"name": "a"}},
        "oldObject": {"metadata": {"name": "a", "resourceVersion": "17"}}}}
      """;

  private static AdmissionRequest read(String body) throws BadReviewException {
    return Reviews.read(JSON, body.getBytes(UTF_8));
  }

  @Test
  void aReviewIsReadAndItsObjectsOnlyWhenWanted() throws Exception {
    AdmissionRequest request = read(REVIEW);
    assertThat(request.uid()).isEqualTo("1234");
    assertThat(request.operation()).isEqualTo(Operation.UPDATE);
    assertThat(request.isDryRun()).isTrue();
    assertThat(request.user().getUsername()).isEqualTo("jane");
    assertThat(request.object(Pod.class).orElseThrow().getMetadata().getName()).isEqualTo("a");
    assertThat(request.seen().orElseThrow().version().text()).isEqualTo("17");
    assertThat(request).hasToString("UPDATE of pods ns/a, dry run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/yaml", "application/jsonp", ""})
  void anotherContentTypeIsRefused(String type) {
    assertThatThrownBy(() -> Reviews.read(Optional.of(type), REVIEW.getBytes(UTF_8)))
        .asInstanceOf(InstanceOfAssertFactories.type(BadReviewException.class))
        .returns(415, BadReviewException::status);
    assertThatThrownBy(() -> Reviews.read(Optional.empty(), REVIEW.getBytes(UTF_8)))
        .isInstanceOf(BadReviewException.class);
  }

  @Test
  void aCharsetBesideTheTypeIsFine() throws Exception {
    Optional<String> type = Optional.of("application/json; charset=utf-8");
    assertThat(Reviews.read(type, REVIEW.getBytes(UTF_8)).uid()).isEqualTo("1234");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        " | AdmissionReview of admission.k8s.io/v1",
        "[] | AdmissionReview of admission.k8s.io/v1",
        "{ | not JSON",
        "hello | not JSON",
        "{'kind': 'Pod', 'apiVersion': 'v1'} | AdmissionReview of admission.k8s.io/v1",
      })
  void whatIsNoReviewIsRefusedInWords(@Nullable String body, String problem) {
    String sent = body == null ? "" : body.replace('\'', '"');
    assertThatThrownBy(() -> read(sent))
        .asInstanceOf(InstanceOfAssertFactories.type(BadReviewException.class))
        .returns(400, BadReviewException::status)
        .extracting(BadReviewException::problem, InstanceOfAssertFactories.STRING)
        .contains(problem);
  }

  @Test
  void theFormerVersionIsRefusedWithARemedy() {
    assertThatThrownBy(() -> read(REVIEW.replace("k8s.io/v1\"", "k8s.io/v1beta1\"")))
        .isInstanceOf(BadReviewException.class)
        .hasMessageContaining("admissionReviewVersions: [v1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"uid\": \"1234\", ", "\"operation\": \"UPDATE\", "})
  void withoutUidOrOperationNothingCanBeAnswered(String missing) {
    assertThatThrownBy(() -> read(REVIEW.replace(missing, "")))
        .isInstanceOf(BadReviewException.class);
  }

  @Test
  void anObjectThatDoesNotFitIsNamedAndNotQuoted() throws Exception {
    AdmissionRequest request =
        read(
            REVIEW.replace(
                "\"object\": {\"metadata\": {\"name\": \"a\"}}",
                "\"object\": {\"spec\": \"secret\"}"));
    assertThatThrownBy(() -> request.object(Pod.class))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("io.fabric8.kubernetes.api.model.Pod")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({"10s, 10000", "1m0s, 60000", "500ms, 500", "2.5s, 2000", "0s, 0"})
  void timesAreReadAsTheApiServerWritesThem(String text, long millis) {
    assertThat(GoDuration.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "10", "-1s", "99999999999999s", "10s10s"})
  void otherTimesAreNone(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }
}
