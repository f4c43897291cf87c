package dev.freshet.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void aJvmThatDoesNotCountItsOwnTellsNothingOfLibraries() {
    assertThat(NativeMemory.ofLibraries()).isZero();
  }

  @Test
  void whatIsNotKnownToTheJvmIsOfLibraries() {
    String jvm = "Total: reserved=5KB, committed=3KB\n       malloc: 2KB #7, peak=9KB #8\n";
    String glibc =
        """
        <heap nr="0"><total type="rest" count="1" size="999"/></heap>
        <total type="fast" count="0" size="100"/>
        <total type="rest" count="2" size="400"/>
        <total type="mmap" count="1" size="1000"/>
        <system type="current" size="5000"/>
        """;

    assertThat(NativeMemory.ofLibraries(jvm, glibc)).isEqualTo(5_000 + 1_000 - 500 - 2_048);
  }
}
