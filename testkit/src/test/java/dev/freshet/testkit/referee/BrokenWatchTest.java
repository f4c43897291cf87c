package dev.freshet.testkit.referee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokenWatchTest {
  private static final String MARKER = "/registry/freshet.dev-referee/any";

  private FakeEtcd etcd;

  @BeforeEach
  void start() throws Exception {
    etcd = new FakeEtcd();
  }

  @AfterEach
  void close() {
    etcd.close();
  }

  @Test
  void aWatchThatBreaksWithinOneRevisionLosesAndDoublesNothing() {
    etcd.puttingAt(12)
        .watch(created(10), events(put("a/one", 11)))
        .watch(created(11), events(put("a/one", 11), put("a/two", 11)), events(put("marker", 12)))
        .range(range(12, "a/one", 11, "a/two", 11));

    EtcdLog log = log();

    assertThat(log.epochs().getFirst().events())
        .extracting(EtcdEvent::key)
        .containsExactly("a/one", "a/two");
    assertThat(etcd.asked().get(1)).contains("\"start_revision\":\"11\"");
  }

  @Test
  void aHistoryThatWasCompactedAwayIsAnError() {
    etcd.puttingAt(99).watch("{\"result\":{\"canceled\":true,\"compact_revision\":\"50\"}}");

    assertThatThrownBy(this::log)
        .isInstanceOf(RefereeException.class)
        .hasMessageContaining("compacted its history up to revision 50");
  }

  @Test
  void aRestoreThatNobodyAnnouncedIsAnError() {
    etcd.puttingAt(99).watch(created(10), events(put("a/one", 20))).watch(created(15));

    assertThatThrownBy(this::log)
        .isInstanceOf(RefereeException.class)
        .hasMessageContaining("stands at revision 15 and stood at 20: it was restored");
  }

  @Test
  void anEventThatWasNotToldIsFoundByTheRangeRead() {
    etcd.puttingAt(12)
        .watch(created(10), events(put("a/one", 11)), events(put("marker", 12)))
        .range(range(12, "a/one", 11, "a/two", 11));

    assertThatThrownBy(this::log)
        .isInstanceOf(RefereeException.class)
        .hasMessageContaining("does not add up")
        .hasMessageContaining("a/two is held at 11 and was seen at null");
  }

  @Test
  void somethingElseThanJsonIsAnError() {
    String kv = kv("/registry/pods/a/one", 11, "k8s\0binary");
    etcd.puttingAt(12).watch(created(10), events("{\"kv\":" + kv + "}"));

    assertThatThrownBy(this::log)
        .isInstanceOf(RefereeException.class)
        .hasMessageContaining("readableStorage()");
  }

  private EtcdLog log() {
    // Opened on an etcd that is empty; what the test's range says comes after.
    try (Referee referee =
        Referee.watch(
            etcd.uri(), List.of(WatchedPrefix.of("/registry/pods/")), "tag", System::nanoTime)) {
      return referee.log();
    }
  }

  private static String created(long head) {
    return "{\"result\":{\"created\":true,\"header\":{\"revision\":\"%d\"}}}".formatted(head);
  }

  private static String events(String... events) {
    return "{\"result\":{\"events\":[" + String.join(",", events) + "]}}";
  }

  private static String put(String key, long rv) {
    String full = key.equals("marker") ? MARKER : "/registry/pods/" + key;
    return "{\"kv\":" + kv(full, rv, "{\"metadata\":{\"uid\":\"uid of " + key + "\"}}") + "}";
  }

  private static String kv(String key, long rv, String value) {
    return "{\"key\":\"%s\",\"mod_revision\":\"%d\",\"value\":\"%s\"}"
        .formatted(encoded(key), rv, encoded(value));
  }

  private static String range(long revision, String one, long oneRv, String two, long twoRv) {
    return "{\"header\":{\"revision\":\"%d\"},\"kvs\":[%s,%s]}"
        .formatted(
            revision,
            kv("/registry/pods/" + one, oneRv, "{}"),
            kv("/registry/pods/" + two, twoRv, "{}"));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
