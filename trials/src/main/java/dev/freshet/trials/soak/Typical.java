package dev.freshet.trials.soak;

import java.util.stream.LongStream;

/** Which value stands for several samples of a quantity. A leak raises each of them. */
enum Typical {
  /** For what only adds to that which stays, as garbage on its way does. */
  LEAST {
    @Override
    long of(LongStream samples) {
      return samples.min().orElseThrow();
    }
  },

  /**
   * For what goes both ways: a connection that is being replaced is there twice, one that was cut
   * is not there until somebody needs it. The lower of the two in the middle, if there are two.
   */
  MEDIAN {
    @Override
    long of(LongStream samples) {
      long[] sorted = samples.sorted().toArray();
      return sorted[(sorted.length - 1) / 2];
    }
  };

  /** Needs at least one sample. */
  abstract long of(LongStream samples);
}
