package dev.freshet.feed;

import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.expired;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.transport.ApiRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditsTest {

  private static final Duration EVERY = Duration.ofMinutes(30);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private Feed feed = feed(EVERY);

  private Feed feed(Duration auditEvery) {
    return Feeds.of(
        FeedScope.of(Wire.PODS), new FeedLimits(Long.MAX_VALUE, auditEvery, true), server, time);
  }

  @AfterEach
  void close() {
    feed.close();
  }

  private ScriptedServer.Exchange syncAtTen() throws InterruptedException {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    return server.acceptWatch().deliver(bookmark(10));
  }

  /** Lets the time pass until something is asked. */
  private ScriptedServer.Exchange nextRequestInTime() throws InterruptedException {
    Patience.await(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return server.hasUnseenRequests();
        });
    return server.nextRequest();
  }

  private void awaitAudit(String outcome) {
    Patience.await(() -> feed.lastAudit().contains(outcome));
  }

  @Test
  void anAuditAsksForMetadataAtExactlyTheFrontier() throws Exception {
    syncAtTen();
    long before = time.monotonicNanos();
    ApiRequest audit = nextRequestInTime().request();
    assertThat(Duration.ofNanos(time.monotonicNanos() - before)).isGreaterThanOrEqualTo(EVERY);
    assertThat(audit.purpose()).isEqualTo(ApiRequest.Purpose.AUDIT);
    assertThat(audit.pathAndQuery())
        .isEqualTo("/api/v1/pods?resourceVersion=10&resourceVersionMatch=Exact");
    assertThat(audit.accept()).contains("PartialObjectMetadataList");
  }

  @Test
  void anEqualAnswerIsReportedAndChangesNothing() throws Exception {
    syncAtTen();
    nextRequestInTime().answer(200).push(list(10, pod("a", 5))).end();
    awaitAudit("1 objects equal at 10");
    assertThat(feed.status().state()).isEqualTo(FeedStatus.State.WATCHING);
  }

  @Test
  void aDifferenceIsReportedAndHealsByACompleteList() throws Exception {
    syncAtTen();
    nextRequestInTime().answer(200).push(list(10, pod("a", 7), pod("b", 6))).end();
    server.answerList(list(12, pod("a", 7), pod("b", 6)));
    server.acceptWatch().deliver(bookmark(12));
    assertThat(feed.lastAudit())
        .isEqualTo("2 objects differ at 10, such as ns/a, here at 5 and there at 7");
    assertThat(feed.store().snapshot().orElseThrow().get(new ObjectKey("ns", "b"))).isPresent();
  }

  @Test
  void anObjectThatTheServerNeverHadIsADifference() throws Exception {
    syncAtTen();
    nextRequestInTime().answer(200).push(list(10)).end();
    server.answerList(list(10));
    awaitAudit("ns/a, here at 5 and there not at all");
  }

  @Test
  void anObjectThatIsMissingHereIsADifference() throws Exception {
    syncAtTen();
    nextRequestInTime().answer(200).push(list(10, pod("a", 5), pod("b", 6))).end();
    server.answerList(list(10, pod("a", 5), pod("b", 6)));
    awaitAudit("1 objects differ at 10, such as ns/b is missing here");
  }

  @Test
  void anotherObjectOfTheSameNameAndVersionIsADifference() throws Exception {
    syncAtTen();
    String other = pod("a", 5).replace("uid-a", "uid-other");
    nextRequestInTime().answer(200).push(list(10, other)).end();
    server.answerList(list(10, other));
    awaitAudit("1 objects differ at 10, such as ns/a, here at 5 and there at 5");
  }

  @Test
  void aKindWhoseVersionsDoNotTellStatesApartIsNotAudited() throws Exception {
    feed =
        Feeds.of(
            FeedScope.of(Wire.EVENTS), new FeedLimits(Long.MAX_VALUE, EVERY, true), server, time);
    syncAtTen();
    Patience.await(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return feed.lastAudit().contains("not possible");
        });
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void anAuditFollowsTheOneBeforeAtTheSamePace() throws Exception {
    syncAtTen();
    nextRequestInTime().answer(200).push(list(10, pod("a", 5))).end();
    awaitAudit("1 objects equal");
    long before = time.monotonicNanos();
    nextRequestInTime();
    assertThat(Duration.ofNanos(time.monotonicNanos() - before)).isGreaterThanOrEqualTo(EVERY);
  }

  @Test
  void aVersionThatTheServerHasForgottenProvesNothing() throws Exception {
    syncAtTen();
    nextRequestInTime()
        .answer(410)
        .push("{\"kind\":\"Status\",\"reason\":\"Expired\",\"message\":\"compacted\"}")
        .end();
    awaitAudit("not known");
    assertThat(feed.store().snapshot().orElseThrow().frontier())
        .isEqualTo(new ResourceVersion("10"));
  }

  @Test
  void aLongOutageIsFollowedByAnAudit() throws Exception {
    var watch = syncAtTen();
    watch.breakOff();
    var probe = server.nextRequest();
    time.advance(Feed.CATCH_UP.plus(FeedLoop.LONG_OUTAGE));
    probe.answer(200).push(list(10)).end();
    server.acceptWatch().deliver(bookmark(10));
    assertThat(nextRequestInTime().request().purpose()).isEqualTo(ApiRequest.Purpose.AUDIT);
  }

  @Test
  void whatACompleteListReplacesAfterALongOutageIsNotAudited() throws Exception {
    var watch = syncAtTen();
    watch.breakOff();
    var probe = server.nextRequest();
    time.advance(FeedLoop.LONG_OUTAGE);
    probe.answer(200).push(list(20)).end();
    var resumed = server.acceptWatch();
    Patience.await(() -> !time.awaited().contains(EVERY));
    resumed.push(expired());
    server.answerList(list(20, pod("a", 15)));
    server.acceptWatch().deliver(bookmark(20));
    time.advance(Audits.SPREAD);
    Patience.await(() -> time.awaited().contains(EVERY));
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void auditsCanBeTurnedOff() throws Exception {
    feed = feed(Duration.ZERO);
    syncAtTen();
    time.advance(EVERY.multipliedBy(10));
    assertThat(feed.lastAudit()).isEqualTo("off");
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aListOfMoreThanACacheMayHoldIsNotTaken() throws Exception {
    String small = pod("a", 5);
    feed =
        Feeds.of(
            FeedScope.of(Wire.PODS),
            new FeedLimits(small.length(), Duration.ZERO, true),
            server,
            time);
    feed.start();
    server.answerList(list(10, small, pod("b", 6)));
    var again = server.nextRequest();
    assertThat(time.sleeps()).containsExactly(FeedLoop.OVER_LIMIT_PAUSE);
    assertThat(feed.store().snapshot()).isEmpty();
    again.answer(200).push(list(20, small)).end();
    server.acceptWatch().deliver(bookmark(20));
    assertThat(feed.store().bytes()).isEqualTo(small.length());
  }

  @Test
  void aStreamedListOfMoreThanACacheMayHoldIsNotTaken() throws Exception {
    server.streamsLists();
    String small = pod("a", 5);
    feed =
        Feeds.of(
            FeedScope.of(Wire.PODS),
            new FeedLimits(small.length(), Duration.ZERO, true),
            server,
            time);
    feed.start();
    server.acceptStreamedList().push(Wire.added(small) + Wire.added(pod("b", 6)));
    var again = server.acceptStreamedList();
    assertThat(time.sleeps()).containsExactly(FeedLoop.OVER_LIMIT_PAUSE);
    assertThat(feed.store().snapshot()).isEmpty();
    again.deliver(Wire.added(small) + Wire.initialEventsEnd(20));
    assertThat(feed.store().bytes()).isEqualTo(small.length());
  }

  @Test
  void aCacheThatWouldHoldTooMuchGivesUpWhatItHoldsAndSaysSo() throws Exception {
    String small = pod("a", 5);
    feed =
        Feeds.of(
            FeedScope.of(Wire.PODS),
            new FeedLimits(small.length() + 10, Duration.ZERO, true),
            server,
            time);
    feed.start();
    server.answerList(list(10, small));
    var watch = server.acceptWatch().deliver(bookmark(10));
    watch.push(Wire.added(pod("b", 11)));
    var again = server.nextRequest();
    assertThat(time.sleeps()).contains(FeedLoop.OVER_LIMIT_PAUSE);
    assertThat(feed.store().snapshot()).isEmpty();
    assertThat(feed.store().bytes()).isZero();
    assertThat(feed.status().why()).contains("come to more than the");
    again.answer(200).push(list(20, small)).end();
    server.acceptWatch().deliver(bookmark(20));
    assertThat(feed.store().snapshot()).isPresent();
  }
}
