package dev.freshet.fence;

import static dev.freshet.scripted.Wire.added;
import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.FenceException;
import dev.freshet.error.FreshetException;
import dev.freshet.feed.Feed;
import dev.freshet.feed.FeedScope;
import dev.freshet.feed.Feeds;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.Gates;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamFenceTest {

  private static final ObjectKey SENTINEL = new ObjectKey("ns", "sentinel");

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();
  private final Feed feed = Feeds.of(FeedScope.of(Wire.PODS), server, time);
  private final StreamFence fence = fenceWith(new Sentinel(SENTINEL, false));
  private ScriptedServer.Exchange watch;

  @BeforeEach
  void syncAtTen() throws Exception {
    feed.start();
    server.answerList(list(10, pod("a", 5)));
    watch = server.acceptWatch().deliver(bookmark(10));
  }

  @AfterEach
  void close() {
    fence.close();
    feed.close();
  }

  private StreamFence fenceWith(Sentinel sentinel) {
    return new StreamFence(
        feed,
        new Touch(Wire.PODS, sentinel, Gates.of(server, time), new Random(1)),
        Pace.unlimited(time),
        time);
  }

  private static CompletableFuture<Passed> begin(Supplier<Passed> fence) {
    var passed = new CompletableFuture<Passed>();
    Thread.startVirtualThread(
        () -> {
          try {
            passed.complete(fence.get());
          } catch (FreshetException e) {
            passed.completeExceptionally(e);
          }
        });
    return passed;
  }

  private Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(5), time);
  }

  @Test
  void aProbeAtTheFrontierPassesAtOnce() throws Exception {
    var passed = begin(() -> fence.byProbe("quota", deadline()));
    server.answerProbe(10);
    assertThat(passed.get().snapshot().frontier()).isEqualTo(version(10));
  }

  @Test
  void aProbeAheadOfTheFrontierWaitsForTheNextEvent() throws Exception {
    var passed = begin(() -> fence.byProbe("quota", deadline()));
    server.answerProbe(12);
    watch.deliver(added(pod("b", 11)));
    assertThat(passed).isNotDone();
    watch.deliver(added(pod("c", 13)));
    assertThat(passed.get().snapshot().size()).isEqualTo(3);
  }

  @Test
  void aBookmarkWatchBringsAQuietKindToTheProbe() throws Exception {
    var passed = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(12);
    var side = server.acceptWatch();
    assertThat(side.request().caller()).isEqualTo("quota");
    side.deliver(bookmark(12));
    assertThat(passed.get().snapshot().frontier()).isEqualTo(version(12));
    side.end();
  }

  @Test
  void aBookmarkBelowTheProbeProvesNothing() throws Exception {
    var passed = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(12);
    server.acceptWatch().deliver(bookmark(11)).end();
    var again = server.acceptWatch();
    assertThat(passed).isNotDone();
    again.deliver(bookmark(12)).end();
    assertThat(passed.get().snapshot().frontier()).isEqualTo(version(12));
  }

  @Test
  void aTouchWaitsForItsOwnEvent() throws Exception {
    var passed = begin(() -> fence.byTouch("quota", deadline()));
    var touch = server.nextRequest();
    assertThat(touch.request().purpose()).isEqualTo(ApiRequest.Purpose.TOUCH);
    assertThat(touch.request().pathAndQuery())
        .isEqualTo("/api/v1/namespaces/ns/pods/sentinel/status");
    touch.answer(200).push(touched(touch, 12)).end();
    assertThat(passed).isNotDone();
    watch.deliver(modified(pod("sentinel", 12)));
    assertThat(passed.get().snapshot().frontier()).isEqualTo(version(12));
  }

  @Test
  void aTouchThatChangedNothingIsRefused() throws Exception {
    var passed = begin(() -> fence.byTouch("quota", deadline()));
    server.nextRequest().answer(200).push(pod("sentinel", 10)).end();
    assertThatThrownBy(passed::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(FenceException.class)
        .hasMessageContaining("changed nothing");
  }

  @Test
  void eachTouchCarriesANonceOfItsOwn() throws Exception {
    var first = begin(() -> fence.byTouch("quota", deadline()));
    var one = server.nextRequest();
    one.answer(200).push(touched(one, 12)).end();
    watch.deliver(modified(pod("sentinel", 12)));
    first.get();
    var second = begin(() -> fence.byTouch("quota", deadline()));
    var two = server.nextRequest();
    assertThat(two.request().write()).isNotEqualTo(one.request().write());
    two.answer(200).push(touched(two, 13)).end();
    watch.deliver(modified(pod("sentinel", 13)));
    second.get();
  }

  @Test
  void aServerBehindTheFrontierIsNotTakenForAFenceThatIsPassed() throws Exception {
    var passed = begin(() -> fence.byProbe("quota", deadline()));
    server.answerProbe(9);
    assertThatThrownBy(passed::get).hasCauseInstanceOf(FenceException.class);
    assertThat(feed.alarm()).contains("history went back");
  }

  @Test
  void aFenceAlsoDatesTheCache() throws Exception {
    time.advance(Duration.ofMinutes(10));
    var passed = begin(() -> fence.byProbe("quota", deadline()));
    server.answerProbe(10);
    passed.get();
    assertThat(time.since(feed.dating().provenAt(version(10)).orElseThrow()))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void aFenceThatDoesNotComeInTimeSaysWhereTheCacheIs() throws Exception {
    var passed = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(12);
    server.acceptWatch();
    time.advance(Duration.ofSeconds(6));
    assertThatThrownBy(passed::get)
        .hasCauseInstanceOf(FreshetException.class)
        .hasMessageContaining("is at 10 and did not come to 12");
  }

  @Test
  void aPodIsMadeWhereItIsMissingAndDeletedInTheEnd() throws Exception {
    StreamFence making = fenceWith(new Sentinel(SENTINEL, true));
    var passed = begin(() -> making.byTouch("quota", deadline()));
    server.nextRequest().answer(404).push("{}").end();
    var creation = server.nextRequest();
    ApiRequest.Write write = creation.request().write().orElseThrow();
    assertThat(write.method()).isEqualTo(ApiRequest.Write.Method.POST);
    assertThat(creation.request().pathAndQuery()).isEqualTo("/api/v1/namespaces/ns/pods");
    creation.answer(201).push(made(write.json(), 12)).end();
    watch.deliver(added(pod("sentinel", 12)));
    assertThat(passed.get().snapshot().frontier()).isEqualTo(version(12));
    assertThat(passed.get().by().answer().requests()).isEqualTo(2);

    Thread closing = Thread.startVirtualThread(making::close);
    var deletion = server.nextRequest();
    ApiRequest.Write last = deletion.request().write().orElseThrow();
    assertThat(last.method()).isEqualTo(ApiRequest.Write.Method.DELETE);
    assertThat(deletion.request().pathAndQuery()).isEqualTo("/api/v1/namespaces/ns/pods/sentinel");
    assertThat(last.json()).contains("\"uid\":\"made-here\"");
    deletion.answer(200).push("{}").end();
    closing.join();
  }

  @Test
  void aPodThatAnotherProcessHasJustMadeIsTouchedAndLeftAlone() throws Exception {
    StreamFence making = fenceWith(new Sentinel(SENTINEL, true));
    var passed = begin(() -> making.byTouch("quota", deadline()));
    server.nextRequest().answer(404).push("{}").end();
    server.nextRequest().answer(409).push("{\"reason\":\"AlreadyExists\"}").end();
    var touch = server.nextRequest();
    touch.answer(200).push(touched(touch, 12)).end();
    watch.deliver(added(pod("sentinel", 12)));
    assertThat(passed.get().by().answer().requests()).isEqualTo(3);
    making.close();
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aPodThatWasThereIsTouchedAndLeftAlone() throws Exception {
    StreamFence making = fenceWith(new Sentinel(SENTINEL, true));
    var passed = begin(() -> making.byTouch("quota", deadline()));
    var touch = server.nextRequest();
    touch.answer(200).push(touched(touch, 12)).end();
    watch.deliver(modified(pod("sentinel", 12)));
    passed.get();
    making.close();
    assertThat(server.hasUnseenRequests()).isFalse();
  }

  @Test
  void aTouchThatIsRefusedIsNotTriedAgainForAWhileAndThenForLonger() throws Exception {
    assertThat(fence.touchRefused()).isEmpty();
    refuseATouch();
    assertThat(fence.touchRefused()).hasValueSatisfying(p -> assertThat(p).contains("not allowed"));
    time.advance(Refusal.FIRST);
    assertThat(fence.touchRefused()).isEmpty();
    refuseATouch();
    time.advance(Refusal.FIRST);
    assertThat(fence.touchRefused()).isPresent();
    time.advance(Refusal.FIRST);
    assertThat(fence.touchRefused()).isEmpty();
  }

  private void refuseATouch() throws Exception {
    var passed = begin(() -> fence.byTouch("quota", deadline()));
    server.nextRequest().answer(403).push("{}").end();
    assertThatThrownBy(passed::get).hasMessageContaining("not allowed to patch pods");
  }

  @Test
  void aServerThatIsBusyHasNotRefusedATouch() throws Exception {
    var passed = begin(() -> fence.byTouch("quota", deadline()));
    server.nextRequest().answer(429).push("{}").end();
    assertThatThrownBy(passed::get).hasCauseInstanceOf(FreshetException.class);
    assertThat(fence.touchRefused()).isEmpty();
  }

  @Test
  void whoOpensABookmarkWatchPaysForIt() throws Exception {
    var passed = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(12);
    server.acceptWatch().deliver(bookmark(12)).end();
    assertThat(passed.get().pushed()).isTrue();
    var again = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(12);
    assertThat(again.get().pushed()).isFalse();
  }

  @Test
  void whoComesAfterABookmarkDoesNotWaitForTheEndOfItsWatch() throws Exception {
    var first = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(12);
    server.acceptWatch().deliver(bookmark(12));
    first.get();
    var second = begin(() -> fence.byBookmark("quota", deadline()));
    server.answerProbe(14);
    server.acceptWatch().deliver(bookmark(14));
    assertThat(second.get().snapshot().frontier()).isEqualTo(version(14));
  }

  /** The Pod as the server stores it after its creation. */
  private static String made(String sent, long version) {
    return sent.replace(
        "\"metadata\":{",
        "\"metadata\":{\"uid\":\"made-here\",\"resourceVersion\":\"" + version + "\",");
  }

  /** The sentinel as the server stores it after the touch. */
  private static String touched(ScriptedServer.Exchange touch, long version) {
    String patch = touch.request().write().orElseThrow().json();
    String status = patch.substring(1, patch.length() - 1);
    return pod("sentinel", version).replace("\"status\":{\"phase\":\"Running\"}", status);
  }

  private static ResourceVersion version(long version) {
    return new ResourceVersion(Long.toString(version));
  }
}
