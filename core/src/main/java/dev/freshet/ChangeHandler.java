package dev.freshet;

/**
 * A program's answer to changes. Each subscription calls its own on one thread, one change after
 * the other; it may block, and delays nobody but itself.
 */
@FunctionalInterface
public interface ChangeHandler<T> {

  /**
   * One change. What is thrown is counted, and told by {@link Subscription#health()}; the next
   * changes come all the same, and this one does not come again.
   */
  void onEvent(Change<T> change) throws Exception;
}
