package dev.freshet.bench.contest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.bench.PodListMessage;
import dev.freshet.codec.ListDecoder;
import dev.freshet.codec.ProtobufCodec;
import dev.freshet.object.StoredObject;
import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Recorded Pods, less managedFields, and as many copies of each as are wanted. Copies have names of
 * their own and lack the label that most Pods have, so that a list by it gives the same however
 * many copies there are. Immutable.
 */
final class RecordedPods {
  /** How measures of the Pods alone begin. */
  static final String ONCE = "recorded Pods, ";

  /** How measures of ten times as many begin. */
  static final String TENFOLD = "ten times as many, ";

  /** Copies that can be told apart. */
  private static final int MOST_COPIES = 36;

  private static final byte[] LABEL = Arena.MOST.getBytes(US_ASCII);

  /** What stands in its place, of the same length. */
  private static final byte[] OTHER = "bench/copy".getBytes(US_ASCII);

  private final List<Pod> pods = new ArrayList<>();

  /** A Pod's message, and where in it its name ends. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Pod(byte[] bytes, int lastOfName) {}

  RecordedPods(Recording recording) {
    try {
      ListDecoder decoder = ProtobufCodec.INSTANCE.list(pod -> pods.add(pod(pod)));
      decoder.push(ByteBuffer.wrap(Files.readAllBytes(recording.list())));
      decoder.end();
    } catch (IOException e) {
      throw new TestkitException("Cannot read " + recording.list() + ": " + e.getMessage(), e);
    }
  }

  private static Pod pod(StoredObject stored) {
    byte[] name = stored.key().name().getBytes(US_ASCII);
    byte[] bytes = stored.body().bytes();
    // Its metadata come first, and in them its name.
    return new Pod(bytes, find(name, bytes, 0) + name.length - 1);
  }

  int size() {
    return pods.size();
  }

  /** Bytes of all items, once each; a copy has as many as what it is a copy of. */
  long itemBytes() {
    return IntStream.range(0, size()).mapToLong(i -> item(i, 0).length).sum();
  }

  /** A Pod as an item of a list; the Pod itself if {@code copy} is 0. */
  byte[] item(int index, int copy) {
    Pod pod = pods.get(index);
    if (copy == 0) {
      return PodListMessage.item(pod.bytes);
    }
    byte[] bytes = pod.bytes.clone();
    int last = Character.digit(bytes[pod.lastOfName], MOST_COPIES);
    bytes[pod.lastOfName] = (byte) Character.forDigit((last + copy) % MOST_COPIES, MOST_COPIES);
    for (int at = find(LABEL, bytes, 0); at >= 0; at = find(LABEL, bytes, at)) {
      System.arraycopy(OTHER, 0, bytes, at, OTHER.length);
    }
    return PodListMessage.item(bytes);
  }

  /** Where the bytes next have these; negative if nowhere. */
  private static int find(byte[] wanted, byte[] bytes, int from) {
    for (int at = from; at <= bytes.length - wanted.length; at++) {
      if (Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
