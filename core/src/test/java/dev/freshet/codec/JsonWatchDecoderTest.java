package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWatchDecoderTest {

  private static final String OBJECT = "{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}}";

  private final List<WatchEvent> events = new ArrayList<>();
  private final WatchDecoder decoder = JsonCodec.INSTANCE.watch(events::add);

  @Test
  void eventsKeepTheirTypesAndOrder() {
    decode(event("ADDED", OBJECT) + "\n" + event("MODIFIED", OBJECT) + event("DELETED", OBJECT));
    assertThat(events)
        .hasExactlyElementsOfTypes(
            WatchEvent.Added.class, WatchEvent.Modified.class, WatchEvent.Deleted.class);
    assertThat(body(((WatchEvent.Deleted) events.get(2)).object())).isEqualTo(OBJECT);
  }

  @Test
  void theObjectMayComeBeforeTheType() {
    decode("{\"object\":" + OBJECT + ",\"more\":{\"type\":\"ERROR\"},\"type\":\"MODIFIED\"}");
    assertThat(body(((WatchEvent.Modified) events.getFirst()).object())).isEqualTo(OBJECT);
  }

  @Test
  void managedFieldsAreCutHereToo() {
    PodJson.Pod pod = new PodJson(1).pod();
    decode(event("ADDED", pod.whole()));
    assertThat(body(((WatchEvent.Added) events.getFirst()).object())).isEqualTo(pod.lean());
  }

  @Test
  void eventIsHandedOutBeforeTheNextByteComes() {
    decoder.push(ByteBuffer.wrap(utf8(event("ADDED", OBJECT))));
    assertThat(events).hasSize(1);
  }

  @Test
  void bookmarkCarriesItsVersion() {
    decode(event("BOOKMARK", "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"12\"}}"));
    assertThat(events).containsExactly(new WatchEvent.Bookmark(new ResourceVersion("12"), false));
  }

  @Test
  void annotatedBookmarkEndsTheInitialEvents() {
    decode(event("BOOKMARK", bookmark("\"true\"")) + event("BOOKMARK", bookmark("\"false\"")));
    assertThat(events)
        .containsExactly(
            new WatchEvent.Bookmark(new ResourceVersion("12"), true),
            new WatchEvent.Bookmark(new ResourceVersion("12"), false));
  }

  private static String bookmark(String mark) {
    return "{\"metadata\":{\"resourceVersion\":\"12\",\"creationTimestamp\":null,"
        + "\"annotations\":{\"k8s.io/initial-events-end\":"
        + mark
        + "}},\"spec\":{\"containers\":null}}";
  }

  @Test
  void errorCarriesTheStatus() {
    decode(
        event(
            "ERROR",
            "{\"kind\":\"Status\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"too old"
                + " resource version: 1 (2)\",\"reason\":\"Expired\",\"code\":410}"));
    assertThat(events)
        .containsExactly(new WatchEvent.Failed(410, "Expired", "too old resource version: 1 (2)"));
  }

  @Test
  void statusWithoutReasonOrCodeIsStillAnError() {
    decode(event("ERROR", "{\"message\":null}"));
    assertThat(events).containsExactly(new WatchEvent.Failed(0, "", ""));
  }

  @Test
  void aPodsOwnReasonIsNotMistakenForAStatus() {
    decode(event("ADDED", "{\"reason\":{},\"code\":\"x\",\"message\":[1]," + OBJECT.substring(1)));
    assertThat(events).hasSize(1);
  }

  @Test
  void aCustomResourcesOwnCodeMayBeAnyNumber() {
    decode(event("ADDED", "{\"code\":" + "9".repeat(500) + "," + OBJECT.substring(1)));
    assertThat(events).hasSize(1);
  }

  @Test
  void chunksOfEverySizeGiveTheSame() {
    List<PodJson.Pod> pods = new PodJson(5).pods(2);
    byte[] stream =
        utf8(
            event("ADDED", pods.get(0).whole())
                + "\n"
                + event("BOOKMARK", bookmark("\"true\""))
                + "\r\n"
                + event("DELETED", pods.get(1).whole())
                + "\n");
    for (int size = 1; size <= stream.length; size += size < 300 ? 1 : 211) {
      events.clear();
      WatchDecoder one = JsonCodec.INSTANCE.watch(events::add);
      Chunks.ofSize(stream, size, one::push);
      one.end();
      assertThat(events).as("size %d", size).hasSize(3);
      assertThat(body(((WatchEvent.Added) events.get(0)).object())).isEqualTo(pods.get(0).lean());
      assertThat(body(((WatchEvent.Deleted) events.get(2)).object())).isEqualTo(pods.get(1).lean());
    }
  }

  @Test
  void anEmptyStreamIsFine() {
    decode(" \n");
    assertThat(events).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "garbage",
        "[]",
        "1 ",
        "null ",
        "\"ADDED\"",
        "{}",
        "{\"type\":\"ADDED\"}",
        "{\"type\":\"ADDED\",\"object\":null}",
        "{\"type\":\"ADDED\",\"object\":[]}",
        "{\"type\":\"ADDED\",\"object\":1}",
        "{\"object\":{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}}}",
        "{\"type\":1,\"object\":{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}}}",
        "{\"type\":\"SYNC\",\"object\":{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}}}",
        "{\"type\":\"added\",\"object\":{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}}}",
        "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"n\"}}}",
        "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"resourceVersion\":\"7\"}}}",
        "{\"type\":\"DELETED\",\"object\":{}}",
        "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{}}}",
        "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"1\","
            + "\"annotations\":{\"k8s.io/initial-events-end\":true}}}}",
        "{\"type\":\"ERROR\",\"object\":{},\"object\":{}}",
        "{\"kind\":\"Status\",\"code\":410}",
        "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"n\"},}}",
        "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}}",
        "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"na",
        "{\"type\":\"ADD",
        "{",
      })
  void whatIsNotAnEventIsRefused(String answer) {
    assertThatThrownBy(() -> decode(answer)).isInstanceOf(MalformedResponseException.class);
    assertThat(events).isEmpty();
  }

  @Test
  void everyTruncationInsideAnEventIsRefused() {
    byte[] stream = utf8(event("ADDED", new PodJson(6).pod().whole()));
    for (int length = 1; length < stream.length; length++) {
      WatchDecoder one = JsonCodec.INSTANCE.watch(events::add);
      one.push(ByteBuffer.wrap(stream, 0, length));
      assertThat(catchThrowable(one::end))
          .as("cut to %d bytes", length)
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void eventsBeforeABadOneAreHandedOutAndNoneAfterIt() {
    assertThatThrownBy(
            () -> decode(event("ADDED", OBJECT) + event("ADDED", "{}") + event("ADDED", OBJECT)))
        .isInstanceOf(MalformedResponseException.class);
    assertThatThrownBy(() -> decode(event("ADDED", OBJECT)))
        .isInstanceOf(MalformedResponseException.class);
    assertThat(events).hasSize(1);
  }

  @Test
  void anEventOverTheLimitIsRefusedBeforeItEnds() {
    decoder.push(ByteBuffer.wrap(utf8("{\"type\":\"ADDED\",\"object\":{\"a\":[")));
    byte[] numbers = utf8("1,2,3,4,".repeat(1 << 17));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 33; i++) {
                decoder.push(ByteBuffer.wrap(numbers));
              }
            })
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void aLongStreamOfSmallEventsMeetsNoLimit() {
    String object = OBJECT.replace("\"7\"", "\"7\",\"x\":\"" + "y".repeat(60_000) + "\"");
    byte[] chunk = utf8(event("MODIFIED", object));
    int[] seen = new int[1];
    WatchDecoder counting = JsonCodec.INSTANCE.watch(event -> seen[0]++);
    for (int i = 0; i < 2000; i++) {
      counting.push(ByteBuffer.wrap(chunk));
    }
    counting.end();
    assertThat(seen[0]).isEqualTo(2000);
  }

  private void decode(String stream) {
    decoder.push(ByteBuffer.wrap(utf8(stream)));
    decoder.end();
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
  }

  private static String body(StoredObject object) {
    return new String(object.body().bytes(), StandardCharsets.UTF_8);
  }
}
