package dev.freshet.cli.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads an exposition while it arrives and keeps the series that are wanted; of all other lines
 * only the name is looked at. For one thread, once.
 */
public final class ScrapeReader {

  /** Bytes of a line; a longer one is no sample. */
  static final int MAX_LINE_BYTES = 64 << 10;

  /** Series that are kept; more are dropped, so that a strange server cannot fill this process. */
  static final int MAX_SAMPLES = 100_000;

  private final Predicate<String> names;
  private final Predicate<Sample> series;
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private final Map<String, List<Sample>> kept = new HashMap<>();
  private int length;
  private boolean tooLong;
  private int samples;
  private long bytes;

  /**
   * @param names which metrics to keep
   * @param series which of their series
   */
  public ScrapeReader(Predicate<String> names, Predicate<Sample> series) {
    this.names = names;
    this.series = series;
  }

  /** Takes the next piece, cut anywhere. */
  public void push(ByteBuffer piece) {
    bytes += piece.remaining();
    while (piece.hasRemaining()) {
      byte next = piece.get();
      if (next == '\n') {
        endLine();
      } else if (length < MAX_LINE_BYTES) {
        line[length++] = next;
      } else {
        tooLong = true;
      }
    }
  }

  /** What was kept. A last line without its end may have lost digits, so it does not count. */
  public Scrape end() {
    Map<String, List<Sample>> all = new HashMap<>();
    kept.forEach((name, list) -> all.put(name, List.copyOf(list)));
    return new Scrape(Map.copyOf(all), bytes);
  }

  private void endLine() {
    if (!tooLong) {
      look();
    }
    length = 0;
    tooLong = false;
  }

  private void look() {
    int start = 0;
    while (start < length && SampleLine.isSpace((char) line[start])) {
      start++;
    }
    int end = start;
    while (end < length && SampleLine.isOfName((char) line[end])) {
      end++;
    }
    // A comment begins with no name.
    if (end > start && names.test(text(start, end))) {
      SampleLine.parse(text(start, length)).ifPresent(this::keep);
    }
  }

  private void keep(Sample sample) {
    if (samples < MAX_SAMPLES && series.test(sample)) {
      samples++;
      kept.computeIfAbsent(sample.name(), unused -> new ArrayList<>()).add(sample);
    }
  }

  private String text(int start, int end) {
    return new String(line, start, end - start, StandardCharsets.UTF_8);
  }
}
