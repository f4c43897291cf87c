package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SmallestHeapTest {
  @Test
  void theSmallestSizeThatPassesIsFound() {
    assertThat(SmallestHeap.search(megabytes -> megabytes >= 100)).isEqualTo(128);
  }

  @Test
  void itIsFoundWithinFourTriesAndTriedOnceMore() {
    List<Integer> tried = new ArrayList<>();

    SmallestHeap.search(
        megabytes -> {
          tried.add(megabytes);
          return megabytes >= 300;
        });

    assertThat(tried).hasSizeLessThanOrEqualTo(5);
    assertThat(tried.getLast()).isEqualTo(384);
  }

  @Test
  void whatHasPassedByLuckGivesWayToTheNextSize() {
    AtomicInteger lucky = new AtomicInteger(1);

    int found =
        SmallestHeap.search(
            megabytes -> megabytes >= 64 || (megabytes == 48 && lucky.getAndDecrement() > 0));

    assertThat(found).isEqualTo(64);
  }

  @Test
  void whereNoneElsePassesItIsTheLargest() {
    assertThat(SmallestHeap.search(megabytes -> false)).isEqualTo(Jvm.LARGE_HEAP);
  }
}
