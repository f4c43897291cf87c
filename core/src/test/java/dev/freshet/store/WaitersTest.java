package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ClosedException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WaitersTest {

  private final VirtualTime time = new VirtualTime();
  private final Store store = new Store();

  private Optional<Snapshot> await(Predicate<Snapshot> enough) {
    return store.await(enough, Deadline.in(Duration.ofSeconds(1), time), time);
  }

  private static ResourceVersion version(long version) {
    return new ResourceVersion(Long.toString(version));
  }

  @Test
  void whatIsPublishedAlreadyNeedsNoWait() {
    store.replace(List.of(), version(10), 1);
    assertThat(await(held -> true).orElseThrow().frontier()).isEqualTo(version(10));
  }

  @Test
  void aReaderThatComesAsTheStoreClosesStillGetsWhatWasPublishedBefore() {
    store.replace(List.of(), version(10), 1);
    Optional<Snapshot> found =
        await(
            held -> {
              if (held.frontier().equals(version(11))) {
                return true;
              }
              // Between the reader's first look and its entry among those who wait.
              store.advance(version(11));
              store.publish();
              store.close();
              return false;
            });
    assertThat(found.orElseThrow().frontier()).isEqualTo(version(11));
  }

  @Test
  void aReaderOfAClosedStoreThatNeverCameSoFarIsToldSo() {
    store.replace(List.of(), version(10), 1);
    store.close();
    assertThatThrownBy(() -> await(held -> false)).isInstanceOf(ClosedException.class);
  }
}
