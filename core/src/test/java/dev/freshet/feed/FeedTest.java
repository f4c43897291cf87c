package dev.freshet.feed;

import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.deleted;
import static dev.freshet.scripted.Wire.expired;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.PodProtobuf;
import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private Feed feed = feed(Wire.PODS);

  @AfterEach
  void closeFeed() {
    feed.close();
  }

  private Feed feed(ResourceType type) {
    return Feeds.of(FeedScope.of(type), server, time);
  }

  @Test
  void watchesFromTheVersionOfItsListAndAppliesWhatFollows() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    var watch = server.acceptWatch();
    assertThat(watch.request().pathAndQuery())
        .startsWith("/api/v1/pods?")
        .contains("resourceVersion=10&")
        .contains("allowWatchBookmarks=true");
    watch.deliver(added(pod("c", 11)) + modified(pod("a", 12)) + deleted(pod("b", 13)));
    assertThat(snapshot().frontier()).isEqualTo(version(13));
    assertThat(versionOf("a")).contains(version(12));
    assertThat(versionOf("b")).isEmpty();
    assertThat(versionOf("c")).contains(version(11));
  }

  @Test
  void aProgramThatComputesOnVirtualThreadsDoesNotHoldItUp() throws Exception {
    var computing = new AtomicBoolean(true);
    try (var program = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        program.execute(
            () -> {
              while (computing.get()) {
                Thread.onSpinWait();
              }
            });
      }
      try {
        feed.start();
        server.answerList(list(10, pod("a", 5)));
        server.acceptWatch().deliver(added(pod("c", 11)));
        assertThat(snapshot().frontier()).isEqualTo(version(11));
      } finally {
        computing.set(false);
      }
    }
  }

  @Test
  void countsTheChangesOfItsWatchAndNotesItsBookmarks() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    var watch = server.acceptWatch();
    watch.deliver(added(pod("c", 11)) + modified(pod("a", 12)) + deleted(pod("b", 13)));
    assertThat(feed.events()).isEqualTo(3);
    assertThat(feed.lastBookmark()).isEmpty();
    time.advance(Duration.ofSeconds(7));
    watch.deliver(bookmark(20));
    assertThat(feed.lastBookmark()).contains(time.now());
    assertThat(feed.events()).isEqualTo(3);
  }

  @Test
  void followsAWatchInProtobuf() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    var watch = server.nextRequest();
    assertThat(watch.request().accept())
        .isEqualTo("application/vnd.kubernetes.protobuf,application/json");
    assertThat(watch.request().gzip()).isFalse();
    watch.answer(200, Map.of("Content-Type", "application/vnd.kubernetes.protobuf;stream=watch"));
    watch.deliver(PodProtobuf.event("MODIFIED", "Pod", PodProtobuf.pod("a", "12")));
    assertThat(snapshot().frontier()).isEqualTo(version(12));
    assertThat(versionOf("a")).contains(version(12));
  }

  @Test
  void aDamagedFrameCostsTheLineage() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    server
        .nextRequest()
        .answer(200, Map.of("Content-Type", "application/vnd.kubernetes.protobuf;stream=watch"))
        .push(new byte[] {0, 0, 0, 2, 10, 90});
    server.answerList(list(20, pod("a", 15)));
    server.acceptWatch().deliver(bookmark(21));
    assertThat(versionOf("a")).contains(version(15));
  }

  @Test
  void resumesABrokenWatchAtTheFrontierWithoutAList() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch().deliver(bookmark(20)).breakOff();
    server.answerProbe(20);
    var resumed = server.acceptWatch();
    assertThat(resumed.request().pathAndQuery()).contains("resourceVersion=20&");
    resumed.deliver(added(pod("b", 21)));
    assertThat(snapshot().size()).isEqualTo(2);
  }

  @Test
  void aServerWhoseHistoryWentBackBehindABrokenWatchCostsTheLineageAndBeginsAnEpoch()
      throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch().deliver(bookmark(20)).breakOff();
    server.answerProbe(15);
    server.answerList(list(16, pod("b", 14)));
    server.acceptWatch().deliver(bookmark(17));
    assertThat(snapshot().epoch()).isEqualTo(2);
    assertThat(versionOf("a")).isEmpty();
    assertThat(feed.alarm()).isEmpty();
  }

  @Test
  void aServerThatContradictsItselfIsAnAlarmUntilItsHistoryIsReplaced() throws Exception {
    feed.start();
    server.answerList(list(597, pod("a", 5)));
    server.acceptWatch().deliver(bookmark(597));
    feed.observeWrite(version(471), snapshot());
    server.answerList(list(597, pod("a", 5)));
    var watch = server.acceptWatch().deliver(bookmark(597));
    assertThat(feed.alarm()).contains("471").contains("597").contains("history went back");
    watch.breakOff();
    server.answerProbe(480);
    server.answerList(list(480, pod("a", 5)));
    server.acceptWatch().deliver(bookmark(481));
    assertThat(feed.alarm()).isEmpty();
    assertThat(snapshot().epoch()).isEqualTo(2);
  }

  @Test
  void aLateChangeFromASecondWatchDoesNotBringBackWhatTheFirstHasDeleted() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    var watch = server.acceptWatch();
    Thread other = Thread.startVirtualThread(() -> feed.catchUp("fence"));
    var side = server.acceptWatch();
    assertThat(side.request().pathAndQuery()).contains("resourceVersion=10&timeoutSeconds=3");
    watch.deliver(modified(pod("a", 11)) + deleted(pod("a", 12)));
    side.deliver(modified(pod("a", 11)));
    assertThat(versionOf("a")).isEmpty();
    assertThat(snapshot().frontier()).isEqualTo(version(12));
    side.deliver(deleted(pod("a", 12)) + bookmark(15));
    assertThat(snapshot().frontier()).isEqualTo(version(15));
    watch.deliver(bookmark(14) + added(pod("b", 16)));
    assertThat(versionOf("b")).contains(version(16));
    side.end();
    other.join();
  }

  @Test
  void aSecondWatchBringsNothingIntoTheListThatReplacedItsLineage() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    var watch = server.acceptWatch();
    Thread other = Thread.startVirtualThread(() -> feed.catchUp("fence"));
    var side = server.acceptWatch();
    watch.push(expired()).end();
    server.answerList(list(30));
    server.acceptWatch().deliver(bookmark(30));
    side.deliver(modified(pod("a", 31)));
    assertThat(versionOf("a")).isEmpty();
    assertThat(snapshot().frontier()).isEqualTo(version(30));
    side.end();
    other.join();
  }

  @Test
  void opensTheNextWatchAtTheFrontierWhenTheServerEndsOne() throws Exception {
    feed.start();
    server.answerList(list(10));
    var watch = server.acceptWatch().deliver(added(pod("a", 11)));
    time.advance(Duration.ofMinutes(5));
    watch.end();
    assertThat(server.acceptWatch().request().pathAndQuery()).contains("resourceVersion=11&");
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void pausesWhenTheServerEndsWatchesAtOnce() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.acceptWatch().end();
    server.acceptWatch();
    assertThat(time.sleeps()).hasSize(1);
  }

  @Test
  void readsACompleteListAgainWhenItsHistoryIsGone() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5), pod("gone", 6)));
    server.acceptWatch().push(expired());
    server.answerList(list(30, pod("a", 5), pod("new", 28)));
    server.acceptWatch();
    assertThat(versionOf("gone")).isEmpty();
    assertThat(versionOf("new")).contains(version(28));
    assertThat(snapshot().frontier()).isEqualTo(version(30));
    assertThat(snapshot().epoch()).isEqualTo(1);
  }

  @Test
  void letsOthersListFirstWhenTheServerWasLateToSayThatItsHistoryIsGone() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    var watch = server.nextRequest();
    time.advance(Duration.ofSeconds(1));
    watch.answer(200).push(expired());
    server.answerList(list(30, pod("a", 5)));
    assertThat(time.sleeps()).as("a pause, and a part of the spread").hasSize(2);
  }

  @Test
  void readsACompleteListAgainWhenTheWatchIsAnswered410() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.nextRequest().answer(410).push("{\"kind\":\"Status\",\"reason\":\"Expired\"}").end();
    server.answerList(list(30, pod("a", 29)));
    server.acceptWatch();
    assertThat(snapshot().frontier()).isEqualTo(version(30));
  }

  @Test
  void showsTheOldStateUntilANewListIsComplete() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    server.acceptWatch().push(expired());
    var relist = server.nextRequest().answer(200);
    String body = list(30, pod("x", 20), pod("y", 21));
    relist.deliver(body.substring(0, body.length() / 2));
    assertThat(snapshot().size()).isEqualTo(2);
    assertThat(versionOf("a")).isPresent();
    relist.push(body.substring(body.length() / 2)).end();
    server.acceptWatch();
    assertThat(versionOf("a")).isEmpty();
    assertThat(versionOf("x")).isPresent();
  }

  @Test
  void neverSkipsAnEventThatItCannotRead() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.acceptWatch().push("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":}}}\n");
    server.answerList(list(12, pod("a", 11)));
    server.acceptWatch();
    assertThat(snapshot().frontier()).isEqualTo(version(12));
  }

  @Test
  void startsOverWhenAWatchContradictsItsOwnOrder() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 9)));
    server.acceptWatch().push(modified(pod("a", 10)));
    server.answerList(list(12, pod("a", 11)));
    server.acceptWatch();
    assertThat(versionOf("a")).contains(version(11));
  }

  @Test
  void aListBelowAVersionSeenBeforeBeginsANewEpoch() throws Exception {
    feed.start();
    server.answerList(list(100, pod("a", 90)));
    server.acceptWatch().deliver(bookmark(200)).push(expired());
    server.answerList(list(150, pod("a", 90)));
    server.acceptWatch();
    assertThat(snapshot().frontier()).isEqualTo(version(150));
    assertThat(snapshot().epoch()).isEqualTo(2);
  }

  @Test
  void anEventThatMayShareItsVersionMovesTheFrontierJustBeforeIt() throws Exception {
    feed = feed(Wire.EVENTS);
    feed.start();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    server.acceptWatch().deliver(deleted(pod("a", 11))).breakOff();
    server.answerProbe(20);
    assertThat(snapshot().frontier()).isEqualTo(version(10));
    var resumed = server.acceptWatch();
    assertThat(resumed.request().pathAndQuery()).contains("resourceVersion=10&");
    resumed.deliver(deleted(pod("a", 11)) + deleted(pod("b", 11)));
    assertThat(snapshot().size()).isZero();
  }

  @Test
  void saysWhyItCannotListAndGoesOnTrying() throws Exception {
    feed.start();
    server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    var second = server.nextRequest();
    assertThat(feed.status().state()).isEqualTo(FeedStatus.State.LISTING);
    assertThat(feed.status().why()).contains("not allowed to list pods");
    second.refuse();
    var third = server.nextRequest();
    third.answer(200).push(list(10)).end();
    server.acceptWatch();
    assertThat(snapshot().frontier()).isEqualTo(version(10));
    assertThat(time.sleeps()).hasSize(2);
  }

  @Test
  void waitsAtLeastAsLongAsTheServerAsks() throws Exception {
    feed.start();
    server.nextRequest().answer(429, Map.of("Retry-After", "7")).end();
    // The gate waits as well, by a chance of its own.
    Patience.await(
        () -> {
          time.advance(Duration.ofMillis(100));
          return server.hasUnseenRequests();
        });
    server.answerList(list(10));
    server.acceptWatch();
    assertThat(time.sleeps().getFirst()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void waitsLongerAfterEachListThatLeadsNowhere() throws Exception {
    feed.start();
    for (int i = 0; i < 12; i++) {
      server.answerList(list(10));
      server.acceptWatch().push(expired());
    }
    server.answerList(list(10));
    server.acceptWatch();
    assertThat(time.sleeps().get(11)).isBetween(Backoff.LONGEST.dividedBy(2), Backoff.LONGEST);
  }

  @Test
  void anOutageIsNotPaidForAgainWhenTheHistoryIsGoneAfterIt() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.acceptWatch().breakOff();
    for (int i = 0; i < 8; i++) {
      server.nextRequest().refuse();
    }
    server.answerProbe(20);
    server.acceptWatch().push(expired());
    server.answerList(list(20));
    server.acceptWatch();
    assertThat(time.sleeps().getLast()).isLessThanOrEqualTo(Backoff.FIRST);
  }

  @Test
  void onlyAConsistentListDatesTheCacheNeitherAnEventNorABookmark() throws Exception {
    feed.start();
    server.answerList(list(10));
    var watch = server.acceptWatch();
    time.advance(Duration.ofSeconds(40));
    watch.deliver(added(pod("a", 11)) + bookmark(20));
    var proven = feed.dating().provenAt(snapshot().frontier()).orElseThrow();
    assertThat(time.since(proven)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void closingEndsAnOpenWatchAndItsThread() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.acceptWatch();
    feed.close();
    assertThat(feed.status().state()).isEqualTo(FeedStatus.State.CLOSED);
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void whoeverWaitsForTheFirstListIsToldWhatTheFeedDoes() throws Exception {
    feed.start();
    server.nextRequest().refuse();
    server.nextRequest();
    assertThatThrownBy(() -> feed.awaitSynced(Deadline.in(Duration.ZERO, time)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("connection refused");
  }

  @Test
  void theFirstListEndsTheWaitForIt() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.acceptWatch();
    feed.awaitSynced(Deadline.in(Duration.ZERO, time));
    assertThat(snapshot().frontier()).isEqualTo(version(10));
  }

  @Test
  void closingEndsTheWaitForTheFirstList() throws Exception {
    feed.start();
    server.nextRequest();
    feed.close();
    assertThatThrownBy(() -> feed.awaitSynced(Deadline.in(Duration.ofHours(1), time)))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void anInterruptEndsTheWaitForTheFirstListAndStaysSet() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> feed.awaitSynced(Deadline.in(Duration.ofHours(1), time)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anApiThatCannotSelectByNameIsWatchedFromTheFrontierWithoutAProof() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch().breakOff();
    server.nextRequest().answer(400).push("{\"kind\":\"Status\",\"reason\":\"BadRequest\"}").end();
    assertThat(server.acceptWatch().request().pathAndQuery()).contains("resourceVersion=10&");
  }

  @Test
  void aProbeThatFailsIsTriedAgainBeforeTheWatch() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch().breakOff();
    server.nextRequest().answer(503).push("{\"kind\":\"Status\"}").end();
    server.answerProbe(10);
    assertThat(server.acceptWatch().request().pathAndQuery()).contains("resourceVersion=10&");
    assertThat(time.sleeps()).hasSize(2);
  }

  @Test
  void versionsWithoutAnOrderAreFollowedAsTheyCome() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)).replace("\"10\"", "\"x10\""));
    var watch = server.acceptWatch();
    assertThat(watch.request().pathAndQuery()).contains("resourceVersion=x10&");
    watch.deliver(modified(pod("a", 7).replace("\"7\"", "\"x7\"")));
    assertThat(snapshot().frontier().text()).isEqualTo("x7");
    watch.breakOff();
    assertThat(server.acceptWatch().request().pathAndQuery()).contains("resourceVersion=x7&");
  }

  @Test
  void aRefusedWatchSaysWhyWhileItWaits() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.nextRequest().answer(403).push("{\"kind\":\"Status\",\"reason\":\"Forbidden\"}").end();
    server.answerProbe(10);
    assertThat(feed.status().state()).isEqualTo(FeedStatus.State.RETRYING);
    assertThat(feed.status().why()).contains("not allowed to watch pods");
    server.acceptWatch().deliver(bookmark(11));
    assertThat(feed.status().state()).isEqualTo(FeedStatus.State.WATCHING);
    assertThat(feed.status().lastHeard()).isPresent();
  }

  @Test
  void aWatchIsAskedForNoShorterThanItsShortestLifeAndNoLongerThanTwice() throws Exception {
    feed.start();
    server.answerList(list(10));
    String url = server.acceptWatch().request().pathAndQuery();
    long seconds = Long.parseLong(url.substring(url.lastIndexOf('=') + 1));
    long shortest = FeedLoop.SHORTEST_WATCH.toSeconds();
    assertThat(url).contains("timeoutSeconds=");
    assertThat(seconds).isBetween(shortest, 2 * shortest);
  }

  @Test
  void afterAWatchThatBroughtSomethingTheBackOffBeginsSmallAgain() throws Exception {
    feed.start();
    server.answerList(list(10));
    server.acceptWatch().breakOff();
    for (int i = 0; i < 6; i++) {
      server.nextRequest().refuse();
    }
    server.answerProbe(10);
    server.acceptWatch().deliver(bookmark(11)).breakOff();
    server.answerProbe(11);
    assertThat(time.sleeps().get(6)).isGreaterThan(Backoff.FIRST);
    assertThat(time.sleeps().getLast()).isLessThanOrEqualTo(Backoff.FIRST);
  }

  @Test
  void aFeedThatWasNeverStartedIsClosedAllTheSame() {
    feed.close();
    assertThat(feed.status().state()).isEqualTo(FeedStatus.State.CLOSED);
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  private Snapshot snapshot() {
    return feed.store().snapshot().orElseThrow();
  }

  private Optional<ResourceVersion> versionOf(String name) {
    return snapshot().get(new ObjectKey("ns", name)).map(object -> object.resourceVersion());
  }

  private static ResourceVersion version(long version) {
    return new ResourceVersion(Long.toString(version));
  }
}
