package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallestHeapTest {
  @Test
  void theSmallestSizeThatPassesIsFound() {
    assertThat(SmallestHeap.search(megabytes -> megabytes >= 100)).isEqualTo(128);
  }

  @Test
  void itIsFoundWithinFourTries() {
    List<Integer> tried = new ArrayList<>();

    SmallestHeap.search(
        megabytes -> {
          tried.add(megabytes);
          return megabytes >= 300;
        });

    assertThat(tried).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void whereNoneElsePassesItIsTheLargest() {
    assertThat(SmallestHeap.search(megabytes -> false)).isEqualTo(Jvm.LARGE_HEAP);
  }
}
