package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final Answers PODS = Answers.of(Pod.class);
  private static final Pod POD =
      new PodBuilder()
          .withNewMetadata()
          .withName("müller")
          .withResourceVersion("7")
          .endMetadata()
          .build();

  @Test
  void aListIsReadBackAsItWasWritten() {
    PodList list = JSON.unmarshal(PODS.list(9, POD), PodList.class);
    assertThat(list.getItems()).containsExactly(POD);
    assertThat(list.getMetadata().getResourceVersion()).isEqualTo("9");
    assertThat(list.getMetadata().getContinue()).isNull();
    assertThat(PODS.list(9)).contains("\"items\":[]");
  }

  @Test
  void aPageSaysThatItGoesOn() {
    PodList page = JSON.unmarshal(PODS.page(9, "more", POD, POD), PodList.class);
    assertThat(page.getMetadata().getContinue()).isEqualTo("more");
    assertThat(page.getItems()).hasSize(2);
  }

  @Test
  void anEventIsOneLine() {
    String line = PODS.modified(POD);
    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    WatchEvent event = JSON.unmarshal(line, WatchEvent.class);
    assertThat(event.getType()).isEqualTo("MODIFIED");
    assertThat(event.getObject()).isEqualTo(POD);
  }

  @Test
  void aBookmarkIsOfItsKind() {
    var event = JSON.unmarshal(Answers.of(Deployment.class).initialEventsEnd(12), WatchEvent.class);
    assertThat(event.getType()).isEqualTo("BOOKMARK");
    assertThat(event.getObject())
        .isInstanceOfSatisfying(
            Deployment.class,
            marked -> {
              assertThat(marked.getMetadata().getResourceVersion()).isEqualTo("12");
              assertThat(marked.getMetadata().getAnnotations())
                  .containsEntry("k8s.io/initial-events-end", "true");
            });
  }

  @Test
  void anErrorCarriesItsStatus() {
    var event = JSON.unmarshal(PODS.error(Statuses.expired()), WatchEvent.class);
    assertThat(event.getType()).isEqualTo("ERROR");
    assertThat(event.getObject()).isEqualTo(Statuses.expired());
  }

  @Test
  void aDamagedMemberIsOneThatGzipRefuses() throws Exception {
    byte[] whole = GzipMember.of("text");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(whole)).readAllBytes())
        .isEqualTo("text".getBytes(US_ASCII));
    byte[] damaged = GzipMember.damaged("text");
    assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(damaged)).readAllBytes())
        .isInstanceOf(ZipException.class);
  }
}
