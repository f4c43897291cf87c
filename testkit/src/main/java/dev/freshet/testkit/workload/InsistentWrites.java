package dev.freshet.testkit.workload;

import dev.freshet.testkit.workload.PodApi.Answer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes to one Pod that are repeated while the server is overloaded or does not answer. Safe here
 * because every Pod has a name of its own and every write leads to the same state.
 */
final class InsistentWrites {
  private static final int ATTEMPTS = 7;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final PodKey key;

  InsistentWrites(PodKey key) {
    this.key = key;
  }

  /**
   * The answer, or nothing when a repeated create finds that an earlier attempt had succeeded.
   *
   * @throws WorkloadException when the server refuses, or after the last of 7 attempts (6 s)
   */
  Optional<Answer.Done> insist(Supplier<Answer> write) {
    String why = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      pauseBefore(attempt);
      boolean repeated = attempt > 0;
      switch (write.get()) {
        case Answer.Done done -> {
          return Optional.of(done);
        }
        case Answer.Refused refused when refused.status() == PodApi.CONFLICT && repeated -> {
          return Optional.empty();
        }
        case Answer.Refused refused when refused.status() != PodApi.TOO_MANY_REQUESTS ->
            throw new WorkloadException("Cannot write the Pod " + key + ": " + refused.message());
        case Answer.Refused overloaded -> why = overloaded.message();
        case Answer.Unknown unknown -> why = unknown.why();
      }
    }
    throw new WorkloadException(
        "Gave up writing the Pod %s after %d attempts: %s".formatted(key, ATTEMPTS, why));
  }

  private static void pauseBefore(int attempt) {
    if (attempt == 0) {
      return;
    }
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("Interrupted while writing Pods.");
    }
  }
}
