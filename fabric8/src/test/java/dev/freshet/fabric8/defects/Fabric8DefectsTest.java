package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.await;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheHealth;
import dev.freshet.Row;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.GzipMember;
import dev.freshet.testkit.fault.Request;
import dev.freshet.testkit.fault.Statuses;
import dev.freshet.testkit.fault.StreamError;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What went wrong in fabric8 kubernetes-client 8.0.0, when its informers were tried. */
@Timeout(180)
class Fabric8DefectsTest {
  private static final String WIDE = "Grüße, 漢字, \uD83D\uDE80, ﷽ and e\u0301";

  // Seen in 8.0.0: with watchList, each rotation of the watch asks for the first events again, and
  // an object deleted in between stays for ever.
  @Test
  void whatIsDeletedWhileAStreamedListsWatchIsRotatedIsGone() {
    try (var pods = ScriptedPods.streaming()) {
      Exchange first = pods.stream(10, pod("a", 3), pod("b", 4));
      // Older than a second, so that the feed may open the next at once or after a pause.
      first.end();
      Exchange next = pods.server().acceptWatch();
      assertThat(next.request().isStreamedList()).isFalse();
      assertThat(next.request().query()).containsEntry("resourceVersion", "10");
      next.push(ANSWERS.deleted(pod("b", 11)));
      await("b is gone", () -> pods.names().equals(List.of("a")));
    }
  }

  @Test
  void whatIsDeletedWhileHistoryIsLostIsGoneAfterTheNextStreamedList() {
    try (var pods = ScriptedPods.streaming()) {
      Exchange first = pods.stream(10, pod("a", 3), pod("b", 4));
      first.push(ANSWERS.error(Statuses.expired())).end();
      pods.stream(20, pod("a", 3));
      assertThat(pods.names()).containsExactly("a");
    }
  }

  // Seen in 8.0.0: a MODIFIED before the bookmark that ends the first events stops the informer.
  @Test
  void aChangeBeforeTheInitialBookmarkStopsNothing() {
    try (var pods = ScriptedPods.streaming()) {
      Exchange stream = pods.server().acceptStreamedList();
      stream
          .push(ANSWERS.added(pod("a", 3)))
          .push(ANSWERS.modified(pod("a", 9, "changed")))
          .push(ANSWERS.initialEventsEnd(9));
      pods.awaitFrontier(9);
      assertThat(pods.held("a")).isEqualTo(pod("a", 9, "changed"));
      stream.push(ANSWERS.modified(pod("a", 12, "again")));
      await("the next change", () -> pod("a", 12, "again").equals(pods.held("a")));
    }
  }

  // Seen in 8.0.0: one character outside ASCII stops a watch over plain HTTP streaming.
  @Test
  void textOfAnyScriptPassesThroughAWatch() {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10);
      watch
          .push(ANSWERS.added(pod("a", 11, WIDE)))
          .push(ANSWERS.modified(pod("a", 12, WIDE + WIDE)));
      pods.awaitFrontier(12);
      assertThat(pods.held("a")).isEqualTo(pod("a", 12, WIDE + WIDE));
    }
  }

  // Seen in 8.0.0: a character that lies in two chunks is damaged in the cache, silently.
  @Test
  void aCharacterSplitOverTwoChunksArrivesWhole() {
    try (var pods = ScriptedPods.listing()) {
      pods.server()
          .nextRequest()
          .answer(200)
          .pushSplit(ANSWERS.list(10, pod("a", 3, WIDE)), 1)
          .end();
      pods.awaitFrontier(10);
      assertThat(pods.held("a")).isEqualTo(pod("a", 3, WIDE));
      pods.server().acceptWatch().pushSplit(ANSWERS.modified(pod("a", 11, WIDE + "!")), 1);
      pods.awaitFrontier(11);
      assertThat(pods.held("a")).isEqualTo(pod("a", 11, WIDE + "!"));
    }
  }

  // From the source of 8.0.0: a relist is applied page by page, so that readers see a mix.
  @Test
  void readersSeeTheStateBeforeARelistOrAfterItAndNeverAMix() throws Exception {
    Pod[] before = IntStream.range(0, 300).mapToObj(i -> pod("old-" + i, 3)).toArray(Pod[]::new);
    Pod[] after = IntStream.range(0, 300).mapToObj(i -> pod("new-" + i, 13)).toArray(Pod[]::new);
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, before);
      Set<String> seen = ConcurrentHashMap.newKeySet();
      AtomicLong reads = new AtomicLong();
      Thread reader =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                      List<Row<Pod>> rows = pods.reads().list(cached()).rows();
                      seen.add(
                          rows.size()
                              + rows.getFirst().name().substring(0, 3)
                              + rows.getLast().name().substring(0, 3));
                      reads.incrementAndGet();
                    }
                  });
      watch.push(ANSWERS.error(Statuses.expired())).end();
      pods.head(20);
      Exchange relist = pods.server().nextRequest().answer(200);
      String body = ANSWERS.list(20, after);
      for (int from = 0; from < body.length(); from += 4_096) {
        relist.push(body.substring(from, Math.min(body.length(), from + 4_096)));
        long so = reads.get();
        await("a read between two pieces", () -> reads.get() > so + 1);
      }

      relist.end();
      pods.awaitFrontier(20);
      long so = reads.get();
      await("a read afterwards", () -> reads.get() > so + 1);
      reader.interrupt();
      reader.join();
      assertThat(seen).containsExactlyInAnyOrder("300oldold", "300newnew");
    }
  }

  /** What can end a watch. */
  enum End {
    STREAM_RESET {
      @Override
      void of(Exchange watch) {
        watch.reset(StreamError.INTERNAL_ERROR);
      }
    },
    CONNECTION_RESET {
      @Override
      void of(Exchange watch) {
        watch.connection().cut();
      }
    },
    CONNECTION_ENDED_INSIDE_AN_EVENT {
      @Override
      void of(Exchange watch) {
        watch.push("{\"type\":\"ADDED\",\"object\":{\"kind\"").connection().end();
      }
    },
    GO_AWAY_AND_END {
      @Override
      void of(Exchange watch) {
        watch.connection().goAway();
        watch.end();
      }
    },
    GOOD_ORDER {
      @Override
      void of(Exchange watch) {
        watch.end();
      }
    },
    HALF_AN_EVENT {
      @Override
      void of(Exchange watch) {
        watch.push("{\"type\":\"ADDED\",\"object\":{\"kind\"").end();
      }
    },
    NO_JSON {
      @Override
      void of(Exchange watch) {
        watch.push("<html>502 Bad Gateway</html>\n");
      }
    },
    AN_EVENT_OF_NO_KNOWN_TYPE {
      @Override
      void of(Exchange watch) {
        watch.push("{\"type\":\"SURPRISE\",\"object\":{}}\n");
      }
    },
    AN_OBJECT_WITHOUT_A_NAME {
      @Override
      void of(Exchange watch) {
        watch.push("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{}}}\n");
      }
    },
    AN_EVENT_TWICE {
      @Override
      void of(Exchange watch) {
        watch.push(ANSWERS.added(pod("b", 11))).push(ANSWERS.added(pod("b", 11)));
      }
    },
    A_BOOKMARK_FROM_THE_PAST {
      @Override
      void of(Exchange watch) {
        watch.push(ANSWERS.bookmark(5));
      }
    },
    HISTORY_GONE {
      @Override
      void of(Exchange watch) {
        watch.push(ANSWERS.error(Statuses.expired())).end();
      }
    },
    SERVER_ERROR {
      @Override
      void of(Exchange watch) {
        watch.push(ANSWERS.error(Statuses.of(500, "InternalError", "boom"))).end();
      }
    };

    abstract void of(Exchange watch);
  }

  // "Informer stopped silently": fabric8 #1961 #4340 #4781 #6065 #6379, also client-java #2151.
  @ParameterizedTest
  @EnumSource
  void whateverEndsAWatchTheCacheFollowsAgain(End end) {
    try (var pods = ScriptedPods.listing()) {
      end.of(pods.listAndWatch(10, pod("a", 3)));
      goesOn(pods);
    }
  }

  @Test
  void aWatchThatIsRefusedBeforeItBeginsIsAskedForAgain() {
    try (var pods = ScriptedPods.listing()) {
      pods.list(10, pod("a", 3));
      pods.server().nextRequest(Request::isWatch).reset(StreamError.REFUSED_STREAM);
      goesOn(pods);
    }
  }

  /** Answers whatever it asks for, until it follows changes again. */
  private static void goesOn(ScriptedPods pods) {
    pods.head(30);
    Exchange next = pods.server().nextRequest();
    if (!next.request().isWatch()) {
      next.answer(200, ANSWERS.list(30, pod("a", 3)));
      next = pods.server().nextRequest();
    }
    assertThat(next.request().isWatch()).isTrue();
    next.answer(200).push(ANSWERS.modified(pod("a", 31, "alive")));
    await("the change", () -> pod("a", 31, "alive").equals(pods.held("a")));
    assertThat(pods.health().state()).isEqualTo(CacheHealth.State.WATCHING);
  }

  /** What can stand in for an answer to a watch. */
  enum Refusal {
    UNAVAILABLE(503, "text/plain", ""),
    TOO_MANY(429, "text/plain", ""),
    FORBIDDEN(403, "application/json", ""),
    GONE(410, "application/json", ""),
    NOT_FOUND(404, "text/html", ""),
    WRONG_TYPE(200, "text/html", ""),
    GARBLED_GZIP(200, "application/json", "gzip");

    private final int status;
    private final String type;
    private final String encoding;

    Refusal(int status, String type, String encoding) {
      this.status = status;
      this.type = type;
      this.encoding = encoding;
    }

    private Map<String, String> headers() {
      return encoding.isEmpty()
          ? Map.of("content-type", type)
          : Map.of("content-type", type, "content-encoding", encoding);
    }

    void of(Exchange watch) {
      watch
          .answer(status, headers())
          .push(
              this == GARBLED_GZIP
                  ? GzipMember.damaged(ANSWERS.added(pod("b", 11)))
                  : "no".getBytes(StandardCharsets.UTF_8))
          .end();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverAnswersAWatchTheCacheSaysWhyAndFollowsAgain(Refusal refusal) {
    try (var pods = ScriptedPods.listing()) {
      pods.list(10, pod("a", 3));
      refusal.of(pods.server().nextRequest(Request::isWatch));
      await("the reason", () -> givesAReason(pods.health()));
      goesOn(pods);
    }
  }

  private static boolean givesAReason(CacheHealth health) {
    return switch (health.state()) {
      case RETRYING -> !health.why().isBlank();
      case LISTING -> health.why().contains("since");
      case STARTING, WATCHING, OVER_LIMIT, CLOSED -> false;
    };
  }
}
