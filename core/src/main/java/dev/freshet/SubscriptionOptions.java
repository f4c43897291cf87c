package dev.freshet;

/**
 * Settings of one subscription. Immutable.
 *
 * @param queueCapacity how many changes may wait for the handler each by itself; beyond, changes of
 *     one object are told as one
 */
public record SubscriptionOptions(int queueCapacity) {

  /** Changes that may wait each by itself unless said otherwise. */
  public static final int DEFAULT_QUEUE_CAPACITY = 1_024;

  /** The largest capacity. */
  public static final int MAX_QUEUE_CAPACITY = 1_000_000;

  public SubscriptionOptions {
    if (queueCapacity < 1 || queueCapacity > MAX_QUEUE_CAPACITY) {
      throw new IllegalArgumentException(
          "queueCapacity is 1 to " + MAX_QUEUE_CAPACITY + ", not " + queueCapacity);
    }
  }

  public static SubscriptionOptions defaults() {
    return new SubscriptionOptions(DEFAULT_QUEUE_CAPACITY);
  }

  public SubscriptionOptions queueCapacity(int changes) {
    return new SubscriptionOptions(changes);
  }
}
