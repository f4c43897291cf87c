package dev.freshet.trials.herd;

import com.fasterxml.jackson.annotation.JsonValue;

/** What befalls the API server of a herd. */
enum HerdEvent {
  /** It is killed, and another takes over, which has followed the history all along. */
  TAKEN_OVER("The API server is killed, and another takes over."),
  /**
   * It ends in good order and is started again, with a memory that holds no history: whoever was at
   * an earlier version is told to begin anew (410), though nothing may have changed since.
   */
  RESTARTED("The only API server is stopped, and started again.");

  private final String text;

  HerdEvent(String text) {
    this.text = text;
  }

  @Override
  @JsonValue
  public String toString() {
    return text;
  }
}
