package dev.freshet;

import dev.freshet.fence.Gathering;
import dev.freshet.fence.Pace;
import dev.freshet.request.ListCall.ListAnswer;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Direct lists, equal ones of which are asked for together: under the batching rule, so a reader
 * shares a list only if it is sent after the reader came. Keeps nothing that nobody waits for.
 * Thread-safe.
 */
final class JoinedLists {

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Request, Lane> lanes = new HashMap<>();
  private boolean closed;

  JoinedLists(TimeSource time) {
    this.time = time;
  }

  /** What makes two lists equal: their URL, and the formats asked for. */
  record Request(String url, String accept) {}

  private static final class Lane {
    final Gathering<ListAnswer> gathering;
    int users;

    Lane(Gathering<ListAnswer> gathering) {
      this.gathering = gathering;
    }
  }

  /**
   * The answer to a list that is sent after this was called.
   *
   * @param ask sends it
   */
  Gathering.Shared<ListAnswer> join(
      Request request, Gathering.Question<ListAnswer> ask, String caller, Deadline deadline) {
    Lane lane = enter(request, ask);
    try {
      return lane.gathering.join(caller, deadline);
    } finally {
      leave(request, lane);
    }
  }

  private Lane enter(Request request, Gathering.Question<ListAnswer> ask) {
    lock.lock();
    try {
      Lane lane =
          lanes.computeIfAbsent(
              request,
              unused ->
                  new Lane(
                      new Gathering<>(
                          "the list " + request.url(), ask, Pace.unlimited(time), time)));
      lane.users++;
      if (closed) {
        lane.gathering.close();
      }
      return lane;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Request request, Lane lane) {
    lock.lock();
    try {
      lane.users--;
      if (lane.users == 0) {
        lanes.remove(request);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many readers wait for lists that have not been sent. */
  int gathered() {
    lock.lock();
    try {
      return lanes.values().stream().mapToInt(lane -> lane.gathering.gathered()).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Lists that are not sent yet fail, now and later. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      lanes.values().forEach(lane -> lane.gathering.close());
    } finally {
      lock.unlock();
    }
  }
}
