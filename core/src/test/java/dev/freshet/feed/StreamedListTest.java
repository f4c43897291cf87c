package dev.freshet.feed;

import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.deleted;
import static dev.freshet.scripted.Wire.initialEventsEnd;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.page;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.store.Snapshot;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamedListTest {

  private final ScriptedServer server = new ScriptedServer().streamsLists();
  private final VirtualTime time = new VirtualTime();
  private final Feed feed = Feeds.of(FeedScope.of(Wire.PODS), server, time);

  /** Lists in one answer are tried first, and do not come through. */
  @BeforeEach
  void start() throws Exception {
    feed.start();
    for (int i = 0; i < ListStyles.TRIES; i++) {
      var whole = server.nextRequest();
      assertThat(whole.request().pathAndQuery()).isEqualTo("/api/v1/pods");
      whole.answer(200).push("{\"metadata\":{").breakOff();
    }
  }

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void takesTheFirstEventsForTheListAndGoesOnOnTheSameStream() throws Exception {
    var stream = server.acceptStreamedList();
    assertThat(stream.request().pathAndQuery())
        .contains("resourceVersionMatch=NotOlderThan")
        .doesNotContain("resourceVersion=");
    assertThat(stream.request().gzip()).isTrue();
    stream.deliver(added(pod("a", 5)) + added(pod("b", 3)) + initialEventsEnd(10));
    assertThat(snapshot().size()).isEqualTo(2);
    assertThat(snapshot().frontier()).isEqualTo(version(10));
    stream.deliver(deleted(pod("a", 11)));
    assertThat(snapshot().size()).isEqualTo(1);
    assertThat(snapshot().frontier()).isEqualTo(version(11));
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void showsNothingUntilTheBookmarkThatEndsTheFirstEvents() throws Exception {
    var stream = server.acceptStreamedList();
    stream.deliver(added(pod("a", 5)) + bookmark(7) + added(pod("b", 3)));
    assertThat(feed.store().snapshot()).isEmpty();
    stream.deliver(initialEventsEnd(10));
    assertThat(snapshot().size()).isEqualTo(2);
  }

  @Test
  void aChangeBeforeThatBookmarkIsTakenAndDoesNotStopTheFeed() throws Exception {
    server
        .acceptStreamedList()
        .deliver(
            added(pod("a", 5))
                + added(pod("b", 6))
                + modified(pod("a", 8))
                + deleted(pod("b", 9))
                + initialEventsEnd(10));
    assertThat(snapshot().size()).isEqualTo(1);
    assertThat(snapshot().get(new ObjectKey("ns", "a")).orElseThrow().resourceVersion())
        .isEqualTo(version(8));
  }

  @Test
  void theNextWatchResumesAtTheFrontierWithoutFirstEvents() throws Exception {
    var stream = server.acceptStreamedList();
    stream.deliver(added(pod("gone", 5)) + initialEventsEnd(10));
    time.advance(Duration.ofMinutes(6));
    stream.end();
    var watch = server.acceptWatch();
    assertThat(watch.request().pathAndQuery())
        .contains("resourceVersion=10&")
        .doesNotContain("sendInitialEvents");
    watch.deliver(deleted(pod("gone", 11)));
    assertThat(snapshot().size()).isZero();
  }

  @Test
  void aStreamedListDatesTheCacheFromWhenItWasAskedFor() throws Exception {
    var stream = server.acceptStreamedList();
    time.advance(Duration.ofSeconds(4));
    stream.deliver(initialEventsEnd(10));
    assertThat(time.since(feed.dating().provenAt(version(10)).orElseThrow()))
        .isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aServerThatKnowsNoStreamedListsIsAskedForThemOnce() throws Exception {
    server.nextRequest().answer(422).push("{\"kind\":\"Status\",\"reason\":\"Invalid\"}").end();
    server.answerList(list(10));
    server.acceptWatch().push(Wire.expired());
    server.answerList(list(20));
    server.acceptWatch();
    assertThat(snapshot().frontier()).isEqualTo(version(20));
  }

  @Test
  void afterTwoBrokenListsItAsksForAStreamAndAfterTwoMoreForPages() throws Exception {
    server.acceptStreamedList().deliver(added(pod("a", 5))).breakOff();
    server.acceptStreamedList().deliver(added(pod("a", 5))).end();
    var first = server.answerList(page(10, "abc", pod("a", 5)));
    assertThat(first.request().pathAndQuery()).isEqualTo("/api/v1/pods?limit=500");
    var second = server.answerList(list(10, pod("b", 6)));
    assertThat(second.request().pathAndQuery()).isEqualTo("/api/v1/pods?limit=500&continue=abc");
    server.acceptWatch();
    assertThat(snapshot().size()).isEqualTo(2);
    assertThat(time.sleeps()).hasSize(4);
  }

  @Test
  void pagesThatLoseTheirVersionOnTheWayStartOverAndNeverGoOnAtAnother() throws Exception {
    for (int i = 0; i < ListStyles.TRIES; i++) {
      server.acceptStreamedList().breakOff();
    }
    server.answerList(page(10, "abc", pod("a", 5)));
    server
        .nextRequest()
        .answer(410)
        .push("{\"kind\":\"Status\",\"reason\":\"Expired\",\"metadata\":{\"continue\":\"xyz\"}}")
        .end();
    assertThat(
            server
                .nextRequest()
                .answer(200)
                .push(list(30, pod("b", 20)))
                .end()
                .request()
                .pathAndQuery())
        .isEqualTo("/api/v1/pods?limit=500");
    server.acceptWatch();
    assertThat(snapshot().size()).isEqualTo(1);
    assertThat(snapshot().frontier()).isEqualTo(version(30));
  }

  @Test
  void pagesOfTwoVersionsAreNoListAndStartOver() throws Exception {
    for (int i = 0; i < ListStyles.TRIES; i++) {
      server.nextRequest().refuse();
    }
    server.answerList(page(10, "abc", pod("a", 5)));
    server.answerList(list(11, pod("b", 6)));
    assertThat(server.answerList(list(12, pod("c", 7))).request().pathAndQuery())
        .isEqualTo("/api/v1/pods?limit=500");
    server.acceptWatch();
    assertThat(snapshot().size()).isEqualTo(1);
    assertThat(feed.status().state()).isNotEqualTo(FeedStatus.State.RETRYING);
  }

  @Test
  void aFailureAmongTheFirstEventsStartsOverAndShowsNothing() throws Exception {
    server.acceptStreamedList().deliver(added(pod("a", 5))).push(Wire.expired());
    var again = server.acceptStreamedList();
    assertThat(feed.store().snapshot()).isEmpty();
    again.deliver(initialEventsEnd(20));
    assertThat(snapshot().size()).isZero();
  }

  @Test
  void aStreamThatEndsBeforeItIsCompleteIsAFailureThatIsSaid() throws Exception {
    server.acceptStreamedList().deliver(added(pod("a", 5))).end();
    server.acceptStreamedList();
    assertThat(feed.status().why()).contains("ended a streamed list before it was complete");
    assertThat(time.sleeps()).hasSize(ListStyles.TRIES + 1);
    assertThat(feed.store().snapshot()).isEmpty();
  }

  private Snapshot snapshot() {
    return feed.store().snapshot().orElseThrow();
  }

  private static ResourceVersion version(long version) {
    return new ResourceVersion(Long.toString(version));
  }
}
