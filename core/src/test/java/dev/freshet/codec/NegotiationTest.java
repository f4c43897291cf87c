package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NegotiationTest {

  private final Negotiation pods = Negotiation.of(new ResourceType("", "v1", "pods", "Pod", true));
  private final Negotiation widgets =
      Negotiation.of(new ResourceType("example.com", "v1", "widgets", "Widget", true));

  @Test
  void aBuiltInKindIsAskedForInProtobufFirst() {
    assertThat(pods.acceptList()).isEqualTo("application/vnd.kubernetes.protobuf,application/json");
  }

  @Test
  void aKindThatTheTablesLackIsAskedForInJsonOnly() {
    assertThat(widgets.acceptWatch()).isEqualTo("application/json");
  }

  @Test
  void theAnswersTypeDecides() {
    assertThat(codec("application/vnd.kubernetes.protobuf")).isSameAs(ProtobufCodec.INSTANCE);
    assertThat(codec("application/vnd.kubernetes.protobuf;stream=watch"))
        .isSameAs(ProtobufCodec.INSTANCE);
    assertThat(codec("application/json")).isSameAs(JsonCodec.INSTANCE);
    assertThat(codec("Application/JSON; charset=utf-8")).isSameAs(JsonCodec.INSTANCE);
    assertThat(pods.codec(Optional.empty())).isSameAs(JsonCodec.INSTANCE);
  }

  @Test
  void anythingElseIsRefusedByName() {
    assertThatThrownBy(() -> codec("text/html"))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("text/html");
    assertThatThrownBy(() -> widgets.codec(Optional.of("application/vnd.kubernetes.protobuf")))
        .isInstanceOf(MalformedResponseException.class);
  }

  private Codec codec(String contentType) {
    return pods.codec(Optional.of(contentType));
  }
}
