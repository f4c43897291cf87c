package dev.freshet.compact;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes dictionaries of objects of one kind. */
final class Training {

  /** Bytes of objects below which there is nothing to gain: a dictionary takes memory, too. */
  static final int WORTH_BYTES = 2 << 20;

  /** What one looks at, at most. */
  private static final int SAMPLE_BYTES = 2 << 20;

  private static final int SAMPLES = 512;

  /** Objects that tell how long they usually are. */
  private static final int LOOKED_AT = 16;

  /** An object's first part stands for the rest of a very large one. */
  private static final int MOST_OF_ONE = 32 << 10;

  private static final int DICTIONARY_BYTES = 64 << 10;
  private static final int LEVEL = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private Training() {}

  /**
   * One of a sample of these objects, evenly spread; some 0.1 s.
   *
   * @return empty if they have nothing in common that would help
   */
  static Optional<Dictionary> of(List<StoredObject> objects) {
    List<byte[]> samples = samples(objects);
    int bytes = samples.stream().mapToInt(sample -> sample.length).sum();
    var trainer = new ZstdDictTrainer(bytes, DICTIONARY_BYTES, LEVEL);
    samples.forEach(trainer::addSample);
    try {
      return Optional.of(new Dictionary(trainer.trainSamples()));
    } catch (ZstdException e) {
      LOG.debug("No dictionary of {} objects: {}", samples.size(), e.getMessage());
      return Optional.empty();
    }
  }

  private static List<byte[]> samples(List<StoredObject> objects) {
    double usual =
        Spread.over(objects, LOOKED_AT, 0).stream()
            .mapToInt(object -> Math.min(object.body().bytes().length, MOST_OF_ONE))
            .average()
            .orElse(MOST_OF_ONE);
    int count = (int) Math.min(SAMPLES, SAMPLE_BYTES / Math.max(1, usual));
    List<byte[]> samples = new ArrayList<>();
    int room = SAMPLE_BYTES;
    for (StoredObject object : Spread.over(objects, count, 0)) {
      byte[] bytes = object.body().bytes();
      int length = Math.min(bytes.length, Math.min(room, MOST_OF_ONE));
      samples.add(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      room -= length;
    }
    // It learns from the first three quarters and tries what it has learnt on the others.
    Collections.shuffle(samples, new Random(samples.size()));
    return samples;
  }
}
