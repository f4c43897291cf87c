package dev.freshet.codec;

import tools.jackson.core.JsonToken;

/** Passes over one object or array, token by token. */
final class JsonSkip {

  private int depth;

  /** Starts at an opening token that was just seen. */
  void enter() {
    depth = 1;
  }

  boolean isInside() {
    return depth > 0;
  }

  /** Takes a token inside; true if it closes what was entered. */
  boolean closes(JsonToken token) {
    if (token.isStructStart()) {
      depth++;
    } else if (token.isStructEnd()) {
      depth--;
    }
    return depth == 0;
  }
}
