package dev.freshet;

/**
 * How many seats of its priority level a request takes, as the API server estimates it before it
 * lists: by the size of what it has to go through, 100 kB a seat, at most ten from its own cache
 * and a hundred from etcd (kubernetes 1.37, {@code list_work_estimator.go}).
 */
final class Seats {
  private static final double BYTES_PER_SEAT = 100_000;
  private static final int MOST_FROM_CACHE = 10;
  private static final int MOST_FROM_ETCD = 100;

  private Seats() {}

  /**
   * Of one list.
   *
   * @param scanned how many objects the server looks at
   * @param bytesPerObject as the server stores them, about
   */
  static int ofList(Route route, int scanned, double bytesPerObject) {
    double seats = Math.ceil(scanned * bytesPerObject / BYTES_PER_SEAT);
    int most = route == Route.EXACT ? MOST_FROM_ETCD : MOST_FROM_CACHE;
    return (int) Math.max(1, Math.min(most, seats));
  }
}
