package dev.freshet;

/**
 * A request of a session's client, which the client tells what became of it: once, and before it
 * hands the answer to the program. Neither call fails, waits or sends. Thread-safe.
 */
public interface ObservedRequest {

  /** A request that no session needs to know of. */
  ObservedRequest IGNORED =
      new ObservedRequest() {
        @Override
        public void answered(int code, byte[] body) {}

        @Override
        public void lost() {}
      };

  /**
   * The server answered, and all of the answer is here.
   *
   * @param code the HTTP status
   * @param body decompressed; not changed
   */
  void answered(int code, byte[] body);

  /** No answer came, or not all of it, or it cannot be read: the outcome is unknown. */
  void lost();
}
