package dev.freshet.trials.herd;

import dev.freshet.trials.stage.AuditLog;

/** What a request asks the API server for. */
enum Ask {
  /** All Pods, in one answer or in pages. */
  LIST,
  /** All Pods as the beginning of a watch. */
  STREAMED_LIST,
  /** The metadata of all Pods at one version, to compare. */
  AUDIT,
  /** How far the server is. */
  PROBE,
  /** Changes from a version on. */
  WATCH,
  OTHER;

  static Ask of(AuditLog.Request request) {
    String uri = request.uri();
    return switch (request.verb()) {
      case "watch" -> uri.contains("sendInitialEvents=true") ? STREAMED_LIST : WATCH;
      case "list" -> {
        if (uri.contains("resourceVersionMatch=Exact")) {
          yield AUDIT;
        }
        yield uri.contains("fieldSelector=") ? PROBE : LIST;
      }
      default -> OTHER;
    };
  }

  /** Whether it costs the server a look at every Pod, and the sending of all. */
  boolean isComplete() {
    return this == LIST || this == STREAMED_LIST;
  }
}
