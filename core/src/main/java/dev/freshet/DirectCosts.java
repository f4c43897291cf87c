package dev.freshet;

import dev.freshet.fence.Mean;
import dev.freshet.request.ListCall.ListAnswer;
import java.time.Duration;

/**
 * What direct lists of one kind have taken lately: a request, the objects that the server looks at,
 * and the bytes that come. Thread-safe.
 */
final class DirectCosts {

  /** Answers of fewer bytes tell of the request, larger ones of the bytes. */
  private static final long SMALL_BYTES = 64 << 10;

  /** Answers that looked at fewer objects tell of the request, others of the objects. */
  private static final int FEW_OBJECTS = 500;

  private final Mean requestNanos = new Mean(3e6);
  private final Mean nanosPerByte = new Mean(15);
  private final Mean nanosPerScanned = new Mean(1_500);
  private final Mean bytesPerObject = new Mean(4_000);

  /**
   * Learns from an answer.
   *
   * @param scanned how many objects the server looked at, about
   */
  void add(ListAnswer answer, int scanned) {
    double took = answer.took().toNanos();
    int objects = answer.objects().size();
    if (objects > 0) {
      bytesPerObject.add((double) answer.bodyBytes() / objects);
    }
    if (answer.bodyBytes() >= SMALL_BYTES) {
      double rest = took - requestNanos.value() - scanned * nanosPerScanned.value();
      nanosPerByte.add(Math.max(1, rest / answer.bodyBytes()));
    } else if (scanned >= FEW_OBJECTS) {
      nanosPerScanned.add(Math.max(100, (took - requestNanos.value()) / scanned));
    } else {
      requestNanos.add(took);
    }
  }

  /** What one object in an answer takes, about. */
  double bytesPerObject() {
    return bytesPerObject.value();
  }

  /** What is known now. */
  Measurements.Direct now() {
    return new Measurements.Direct(
        Duration.ofNanos((long) requestNanos.value()),
        nanosPerByte.value(),
        nanosPerScanned.value(),
        bytesPerObject.value());
  }
}
