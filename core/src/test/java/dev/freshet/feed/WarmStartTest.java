package dev.freshet.feed;

import static dev.freshet.scripted.Wire.bookmark;
import static dev.freshet.scripted.Wire.expired;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.freshet.compact.Alike;
import dev.freshet.error.ConnectionException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.saved.SavedDirectory;
import dev.freshet.saved.SavedFile;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed that begins with what an earlier process held. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WarmStartTest {

  private static final String HERE = "uid:here";
  private static final FeedScope PODS = FeedScope.of(Wire.PODS);

  private final ScriptedServer server = new ScriptedServer();

  /** A clock of its own, as a process has; the wall's goes on from one to the next. */
  private final VirtualTime time = new VirtualTime();

  private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
  private final SavedDirectory directory = directory(disk);
  private final SavedFile file = file(directory, PODS);

  private Optional<String> cluster = Optional.of(HERE);
  private int refusals;
  private FeedLimits limits = Feeds.UNLIMITED;
  private Optional<Feed> opened = Optional.empty();

  private SavedDirectory directory(FileSystem files) {
    return new SavedDirectory(files.getPath("/saved"), time);
  }

  private static SavedFile file(SavedDirectory in, FeedScope scope) {
    return in.file(scope.savedAs(true).orElseThrow());
  }

  @AfterEach
  void close() throws IOException {
    opened.ifPresent(Feed::close);
    directory.close();
    disk.close();
  }

  private Feed start() {
    return start(file);
  }

  private Feed start(SavedFile saving) {
    Feed feed =
        Feeds.of(
            PODS, limits, server, time, Optional.of(new SavingPlace(saving, this::whichCluster)));
    opened = Optional.of(feed);
    feed.start();
    return feed;
  }

  private Optional<String> whichCluster() {
    if (refusals > 0) {
      refusals--;
      throw new ConnectionException("connection refused", "Try again.");
    }
    return cluster;
  }

  /** An earlier process held a and b, up to version 20, and asked for them when the clock began. */
  private void earlier() {
    Store store = new Store();
    store.replace(decoded(list(20, pod("a", 5), pod("b", 6))), version(20), 1);
    file.save(HERE, store.snapshot().orElseThrow(), time.wallMillis());
  }

  private static List<StoredObject> decoded(String answer) {
    List<StoredObject> objects = new ArrayList<>();
    var decoder = PODS.formats().codec(Optional.of("application/json")).list(objects::add);
    decoder.push(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    decoder.end();
    return objects;
  }

  private static ResourceVersion version(long number) {
    return ResourceVersion.of(number);
  }

  private static Snapshot held(Feed feed) {
    return feed.store().snapshot().orElseThrow();
  }

  private static ResourceVersion versionOf(String name, Feed feed) {
    return held(feed).get(new ObjectKey("ns", name)).orElseThrow().resourceVersion();
  }

  /** The feed asks for a complete list as if nothing had been saved. */
  private Feed assertListed() throws Exception {
    Feed feed = start();
    var first = server.nextRequest();
    assertThat(first.request().purpose()).isEqualTo(ApiRequest.Purpose.SYNC);
    first.answer(200).push(list(30, pod("c", 28))).end();
    server.acceptWatch().deliver(bookmark(30));
    assertThat(held(feed).size()).isEqualTo(1);
    assertThat(feed.resumed()).isEmpty();
    return feed;
  }

  @Test
  void goesOnFromWhatWasSavedWithoutAList() throws Exception {
    earlier();
    Feed feed = start();
    server.answerProbe(20);
    var watch = server.acceptWatch();
    assertThat(watch.request().pathAndQuery()).contains("resourceVersion=20&");
    watch.deliver(modified(pod("a", 21)));
    assertThat(versionOf("a", feed)).isEqualTo(version(21));
    assertThat(versionOf("b", feed)).isEqualTo(version(6));
    assertThat(feed.lists()).isZero();
  }

  @Test
  void isReadableBeforeTheServerHasSaidHowFarItIs() throws Exception {
    earlier();
    Feed feed = start();
    server.nextRequest();
    feed.awaitSynced(Deadline.in(Duration.ZERO, time));
    assertThat(held(feed).frontier()).isEqualTo(version(20));
  }

  @Test
  void isAsOldAsItWasByTheWallClockFromItsFirstMomentOn() throws Exception {
    earlier();
    time.suspend(Duration.ofMinutes(7));
    Feed feed = start();
    server.nextRequest();
    var proven = feed.dating().provenAt(held(feed).frontier()).orElseThrow();
    assertThat(time.since(proven)).isEqualTo(Duration.ofMinutes(7));
    time.advance(Duration.ofSeconds(1));
    assertThat(time.since(proven)).isEqualTo(Duration.ofMinutes(7).plusSeconds(1));
  }

  @Test
  void aShortFirstWatchBringsABookmarkThatMakesItCurrent() throws Exception {
    earlier();
    time.advance(Duration.ofMinutes(7));
    Feed feed = start();
    server.answerProbe(25);
    var watch = server.acceptWatch();
    assertThat(watch.request().pathAndQuery()).endsWith("&timeoutSeconds=3");
    watch.deliver(bookmark(25));
    var proven = feed.dating().provenAt(held(feed).frontier()).orElseThrow();
    assertThat(time.since(proven)).isZero();
    time.advance(Feed.CATCH_UP);
    watch.end();
    assertThat(server.acceptWatch().request().pathAndQuery())
        .doesNotContain("Seconds=3&")
        .doesNotEndWith("Seconds=3");
  }

  @Test
  void saysThatItWentOnFromWhatWasSavedUntilItHasHadAList() throws Exception {
    earlier();
    time.advance(Duration.ofSeconds(40));
    Feed feed = start();
    var probe = server.nextRequest();
    assertThat(time.since(feed.resumed().orElseThrow())).isEqualTo(Duration.ofSeconds(40));
    assertThat(feed.status().why()).contains("saved 40 s ago");
    probe.answer(200).push(Wire.list(20)).end();
    server.acceptWatch().push(expired());
    server.answerList(list(30));
    server.acceptWatch();
    assertThat(feed.resumed()).isEmpty();
  }

  @Test
  void aServerBehindWhatWasSavedHasAnotherHistoryAndIsListed() throws Exception {
    earlier();
    Feed feed = start();
    server.answerProbe(15);
    server.answerList(list(16, pod("c", 14)));
    server.acceptWatch().deliver(bookmark(16));
    assertThat(held(feed).epoch()).isEqualTo(2);
    assertThat(held(feed).size()).isEqualTo(1);
  }

  @Test
  void aServerThatCannotSayHowFarItIsIsListed() throws Exception {
    earlier();
    Feed feed = start();
    server.nextRequest().answer(400).push("{\"kind\":\"Status\"}").end();
    server.answerList(list(30, pod("c", 14)));
    server.acceptWatch().deliver(bookmark(30));
    assertThat(held(feed).size()).isEqualTo(1);
  }

  @Test
  void whatWasSavedIsShownAndWorthNothingAnyMoreWhenItsHistoryIsGone() throws Exception {
    earlier();
    Feed feed = start();
    server.answerProbe(25);
    server.acceptWatch().push(expired());
    var list = server.nextRequest();
    assertThat(held(feed).frontier()).isEqualTo(version(20));
    Patience.await(() -> !file.exists());
    list.answer(200).push(list(30, pod("c", 28))).end();
    server.acceptWatch().deliver(bookmark(30));
    assertThat(held(feed).size()).isEqualTo(1);
    assertThat(held(feed).epoch()).isEqualTo(1);
  }

  @Test
  void isAuditedAsSoonAsTheServerFollows() throws Exception {
    limits = new FeedLimits(Long.MAX_VALUE, Duration.ofMinutes(30), true);
    earlier();
    start();
    server.answerProbe(20);
    server.acceptWatch().deliver(bookmark(20));
    Patience.await(
        () -> {
          time.advance(Duration.ofMillis(100));
          return server.hasUnseenRequests();
        });
    ApiRequest audit = server.nextRequest().request();
    assertThat(audit.purpose()).isEqualTo(ApiRequest.Purpose.AUDIT);
    assertThat(audit.pathAndQuery()).contains("resourceVersion=20&resourceVersionMatch=Exact");
  }

  @Test
  void withNothingSavedItIsListedAndNobodyIsAskedWhichClusterItIs() throws Exception {
    refusals = Integer.MAX_VALUE;
    assertListed();
    assertThat(refusals).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsOfAnotherClusterIsNotUsedAndDeleted() throws Exception {
    earlier();
    cluster = Optional.of("uid:there");
    assertListed();
    assertThat(file.exists()).isFalse();
  }

  @Test
  void whereNothingTellsTheClusterFromOthersNothingIsUsed() throws Exception {
    earlier();
    cluster = Optional.empty();
    assertListed();
    assertThat(file.exists()).isTrue();
  }

  @Test
  void whatIsFromTheFutureIsNotUsed() throws Exception {
    time.advance(Duration.ofMillis(1));
    earlier();
    time.advance(Duration.ofMillis(-1));
    assertListed();
  }

  @Test
  void whatIsOlderThanADayIsNotUsed() throws Exception {
    earlier();
    time.advance(Duration.ofDays(1).plusMillis(1));
    assertListed();
  }

  @Test
  void whatIsMoreThanTheCacheMayHoldIsNotUsed() throws Exception {
    earlier();
    limits = new FeedLimits(pod("a", 5).length() * 2L - 1, Duration.ZERO, true);
    assertListed();
  }

  @Test
  void whatIsDamagedIsNotUsed() throws Exception {
    earlier();
    try (var found = Files.newDirectoryStream(disk.getPath("/saved"), "*.freshet")) {
      Path path = found.iterator().next();
      byte[] bytes = Files.readAllBytes(path);
      bytes[bytes.length / 2] ^= 1;
      Files.write(path, bytes);
    }
    assertListed();
  }

  @Test
  void whatCannotBeJudgedNowIsNotUsedAndLeftForTheNextStart() throws Exception {
    earlier();
    // A streamed list is tried first, which this server does not know.
    refusals = 2;
    Feed feed = assertListed();
    assertThat(file.load().orElseThrow().frontier()).isEqualTo(version(20));
    assertThat(feed.lists()).isEqualTo(1);
  }

  @Test
  void aServerThatWasAwayAtFirstIsGoneOnFromOnceItAnswers() throws Exception {
    earlier();
    refusals = 1;
    Feed feed = start();
    server.nextRequest().refuse();
    server.answerProbe(20);
    server.acceptWatch();
    assertThat(feed.lists()).isZero();
    assertThat(held(feed).frontier()).isEqualTo(version(20));
  }

  @Test
  void isSavedSoonAndThenNowAndThenIfSomethingHasChanged() throws Exception {
    Feed feed = start();
    server.answerList(list(10, pod("a", 5)));
    var watch = server.acceptWatch().deliver(bookmark(10));
    passWait(Saving.FIRST);
    Patience.await(() -> feed.lastSaved().startsWith("1 objects at 10 in "));
    watch.deliver(bookmark(12));
    passWait(Saving.EVERY);
    Patience.await(() -> feed.lastSaved().startsWith("1 objects at 12 in "));
  }

  /** Lets a wait of exactly this length end. */
  private void passWait(Duration length) {
    Patience.await(() -> time.awaited().contains(length));
    time.advance(length);
  }

  @Test
  void isSavedWhenItIsClosedWithTheAgeThatItHad() throws Exception {
    Feed feed = start();
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch().deliver(modified(pod("a", 11)));
    long asked = time.wallMillis();
    time.advance(Duration.ofSeconds(3));
    feed.close();
    var saved = file.load().orElseThrow();
    assertThat(saved.frontier()).isEqualTo(version(11));
    assertThat(saved.provenMillis()).isEqualTo(asked);
    assertThat(saved.cluster()).isEqualTo(HERE);
  }

  @Test
  void whatContradictsItselfIsNotLeftForTheNextStart() throws Exception {
    earlier();
    Feed feed = start();
    server.answerProbe(20);
    server.acceptWatch().deliver(bookmark(20));
    feed.observeWrite(version(5), held(feed));
    server.answerList(list(25, pod("a", 5)));
    server.acceptWatch().deliver(bookmark(25));
    assertThat(feed.alarm()).isNotEmpty();
    feed.close();
    assertThat(file.exists()).isFalse();
  }

  @Test
  void aFeedThatNeverHadAnythingLeavesWhatIsThere() throws Exception {
    earlier();
    refusals = Integer.MAX_VALUE;
    Feed feed = start();
    server.nextRequest();
    feed.close();
    assertThat(file.exists()).isTrue();
  }

  @Test
  void onAFullDiskItGoesOnAndSaysSo() throws Exception {
    var tiny = Configuration.unix().toBuilder().setBlockSize(64).setMaxSize(128).build();
    try (FileSystem full = Jimfs.newFileSystem(tiny);
        SavedDirectory there = directory(full)) {
      Feed feed = start(file(there, PODS));
      server.answerList(list(10, pod("a", 5)));
      var watch = server.acceptWatch().deliver(bookmark(10));
      passWait(Saving.FIRST);
      Patience.await(() -> feed.lastSaved().startsWith("failed: "));
      assertThat(feed.lastSaved()).contains("out of disk space");
      watch.deliver(modified(pod("a", 11)));
      assertThat(versionOf("a", feed)).isEqualTo(version(11));
      feed.close();
    }
  }

  @Test
  void changesArePackedByTheDictionaryThatWasSaved() throws Exception {
    Store store = new Store();
    var lineage = new Lineage(PODS, Feeds.UNLIMITED, store, Runnable::run);
    lineage.begin(store.prepare(Alike.objects(700, 1)), version(20));
    file.save(HERE, store.snapshot().orElseThrow(), time.wallMillis());
    Feed feed = start();
    server.answerProbe(1_000);
    var watch = server.acceptWatch();
    long before = feed.store().bytes();
    watch.deliver(modified(pod("new", 1_001, "x".repeat(4_000))));
    assertThat(feed.store().bytes() - before).isLessThan(1_000);
  }

  @Test
  void neitherSecretsNorKindsThatNoAuditCanJudgeAreSaved() {
    var secrets = new ResourceType("", "v1", "secrets", "Secret", true);
    assertThat(FeedScope.of(secrets).savedAs(true)).isEmpty();
    assertThat(FeedScope.of(secrets).ofMetadata().savedAs(true)).isEmpty();
    assertThat(FeedScope.of(Wire.EVENTS).savedAs(true)).isEmpty();
  }

  @Test
  void whatIsHeldOtherwiseIsSavedUnderAnotherName() {
    assertThat(PODS.savedAs(true)).isNotEqualTo(PODS.savedAs(false));
    assertThat(PODS.savedAs(true)).isNotEqualTo(PODS.ofMetadata().savedAs(true));
  }
}
