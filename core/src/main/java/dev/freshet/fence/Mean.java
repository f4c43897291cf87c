package dev.freshet.fence;

/**
 * A mean that follows what comes: the last values count most. Starts from a guess, which the first
 * value replaces. Thread-safe.
 */
public final class Mean {

  /** The share of the newest value. */
  private static final double WEIGHT = 0.2;

  private double mean;
  private boolean measured;

  public Mean(double guess) {
    this.mean = guess;
  }

  public synchronized void add(double value) {
    mean = measured ? mean + WEIGHT * (value - mean) : value;
    measured = true;
  }

  public synchronized double value() {
    return mean;
  }
}
