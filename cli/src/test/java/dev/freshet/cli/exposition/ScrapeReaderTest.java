package dev.freshet.cli.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScrapeReaderTest {

  private static final String TEXT =
      """
      # HELP up Whether it is up.
      # TYPE up gauge
      up{of="a"} 1
      up{of="b"} 0

      other{of="a"} 7
      """;

  private final ScrapeReader reader = new ScrapeReader("up"::equals, series -> true);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private Scrape read(String text) {
    reader.push(bytes(text));
    return reader.end();
  }

  @Test
  void onlyMetricsThatAreWantedAreKept() {
    Scrape scrape = read(TEXT);
    assertThat(scrape.samples()).containsOnlyKeys("up");
    assertThat(scrape.values("up", "of")).containsExactly("a", "b");
  }

  @Test
  void onlySeriesThatAreWantedAreKept() {
    var some = new ScrapeReader("up"::equals, sample -> sample.label("of").equals("b"));
    some.push(bytes(TEXT));
    assertThat(some.end().values("up", "of")).containsExactly("b");
  }

  @Test
  void piecesMayBeCutAnywhere() {
    for (byte one : TEXT.getBytes(StandardCharsets.UTF_8)) {
      reader.push(ByteBuffer.wrap(new byte[] {one}));
    }
    Scrape scrape = reader.end();
    assertThat(scrape.of("up")).hasSize(2);
    assertThat(scrape.bytes()).isEqualTo(TEXT.length());
  }

  @Test
  void aLastLineWithoutItsEndMayHaveLostDigits() {
    Scrape scrape = read("up{of=\"a\"} 1\nup{of=\"b\"} 12");
    assertThat(scrape.values("up", "of")).containsExactly("a");
  }

  @Test
  void aLineThatIsNoSampleLosesNoOther() {
    Scrape scrape = read("up{of= 1\n<html>\nup 1\n");
    assertThat(scrape.of("up")).hasSize(1);
  }

  @Test
  void aLineBeyondTheLimitIsNoSampleAndTheNextOneIs() {
    String label = "x".repeat(ScrapeReader.MAX_LINE_BYTES);
    Scrape scrape = read("up{of=\"" + label + "\"} 1\nup 1\n");
    assertThat(scrape.values("up", "of")).containsExactly("");
  }

  @Test
  void samplesBeyondTheLimitAreDropped() {
    for (int i = 0; i < ScrapeReader.MAX_SAMPLES + 5; i++) {
      reader.push(bytes("up 1\n"));
    }
    assertThat(reader.end().of("up")).hasSize(ScrapeReader.MAX_SAMPLES);
  }

  @Test
  void seriesAreSummedAndFoundByTheirLabels() {
    Scrape scrape = read("up{of=\"a\"} 3\nup{of=\"b\"} 4\nup{of=\"c\"} NaN\n");
    assertThat(scrape.sum("up", sample -> !sample.label("of").equals("c"))).isEqualTo(7);
    assertThat(scrape.value("up", sample -> sample.label("of").equals("b"))).hasValue(4);
    assertThat(scrape.value("up", sample -> sample.label("of").equals("c"))).isEmpty();
    assertThat(scrape.value("none", sample -> true)).isEmpty();
  }
}
