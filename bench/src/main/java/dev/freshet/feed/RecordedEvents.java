package dev.freshet.feed;

import dev.freshet.codec.ListDecoder;
import dev.freshet.codec.ProtobufCodec;
import dev.freshet.codec.WatchDecoder;
import dev.freshet.codec.WatchEvent;
import dev.freshet.compact.Intake;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Store;
import dev.freshet.time.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A list of Pods and the events after it, as a server sent them in protobuf, taken as a feed takes
 * them, only without a network: decoded, packed, put into the store and published chunk by chunk.
 * In this package, for what takes them is not public. For one thread.
 */
public final class RecordedEvents {
  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);
  private static final Duration PAST = Duration.ofSeconds(30);
  private static final long PAST_BYTES = 16L << 20;

  /** What one frame of HTTP/2 holds, which becomes visible together. */
  private static final int CHUNK_BYTES = 16 << 10;

  private final List<StoredObject> listed = new ArrayList<>();
  private final ResourceVersion version;
  private final byte[] watch;
  private final int count;
  private final ResourceVersion last;
  private final Store store = new Store();
  private final Lineage lineage =
      new Lineage(
          FeedScope.of(PODS),
          new FeedLimits(Long.MAX_VALUE, Duration.ZERO, true),
          store,
          BackgroundWork.shared());

  /**
   * Records that fit each other.
   *
   * @param list a PodList
   * @param watch all frames of a watch from the list's version on
   */
  public RecordedEvents(byte[] list, byte[] watch) {
    store.keepPast(PAST, PAST_BYTES, TimeSource.system());
    try (Intake intake = lineage.intake()) {
      ListDecoder decoder =
          ProtobufCodec.INSTANCE.list(
              pod -> {
                intake.add(pod);
                listed.add(pod);
              });
      for (int at = 0; at < list.length; at += CHUNK_BYTES) {
        decoder.push(ByteBuffer.wrap(list, at, Math.min(CHUNK_BYTES, list.length - at)));
      }
      this.version = decoder.end().resourceVersion();
      intake.finish();
    }
    this.watch = watch;
    List<ResourceVersion> versions = versions();
    this.count = versions.size();
    this.last = versions.getLast();
  }

  private List<ResourceVersion> versions() {
    List<ResourceVersion> versions = new ArrayList<>();
    WatchDecoder decoder =
        ProtobufCodec.INSTANCE.watch(
            event -> {
              switch (event) {
                case WatchEvent.Added added -> versions.add(added.object().resourceVersion());
                case WatchEvent.Modified changed ->
                    versions.add(changed.object().resourceVersion());
                case WatchEvent.Deleted deleted -> versions.add(deleted.object().resourceVersion());
                case WatchEvent.Bookmark bookmark -> {}
                case WatchEvent.Failed failed -> throw new IllegalStateException(failed.message());
              }
            });
    decoder.push(ByteBuffer.wrap(watch));
    decoder.end();
    if (versions.isEmpty()) {
      throw new IllegalStateException("nothing happened while events were recorded");
    }
    return versions;
  }

  /** How many events there are. */
  public int count() {
    return count;
  }

  /**
   * Begins with the list and takes all events.
   *
   * @return nanoseconds that the events took until the last was visible
   */
  public long replay() {
    lineage.begin(store.prepare(listed), version);
    awaitBackground();
    Lineage.Strand strand = lineage.strand();
    WatchDecoder decoder = ProtobufCodec.INSTANCE.watch(strand::apply);
    long start = System.nanoTime();
    for (int at = 0; at < watch.length; at += CHUNK_BYTES) {
      decoder.push(ByteBuffer.wrap(watch, at, Math.min(CHUNK_BYTES, watch.length - at)));
      strand.publish();
    }
    long took = System.nanoTime() - start;
    decoder.end();
    if (!store.snapshot().orElseThrow().frontier().isAtLeast(last)) {
      throw new IllegalStateException("the events up to " + last + " have not become visible");
    }
    return took;
  }

  /** What looks at a new list must not go on while events are timed. */
  private static void awaitBackground() {
    var reached = new CountDownLatch(1);
    BackgroundWork.shared().execute(reached::countDown);
    try {
      reached.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
