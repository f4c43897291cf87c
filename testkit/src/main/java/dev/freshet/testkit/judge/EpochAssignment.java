package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Adopted;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.history.Saw;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which epoch of etcd each operation is judged in.
 *
 * <p>Writes, and reads straight from the server, belong to the epoch in which they happened; those
 * that overlap a restore are excused. An answer of the server from before the first version of its
 * epoch shows what that epoch has in common with the one before, and is judged there. A cached
 * answer belongs to the epoch that its cache's epoch number stands for: the one in which that
 * number was seen first. Such a cache may go on with an ended epoch for a while; an answer beyond
 * what the referee still saw of it is excused.
 */
final class EpochAssignment {
  private static final int NONE = -1;

  /** One numbered history of one cache. */
  private record CacheEpoch(String cache, int number) {}

  private final List<EtcdEpoch> epochs;
  private final List<List<Operation>> assigned = new ArrayList<>();
  private final Map<CacheEpoch, Integer> meaning = new HashMap<>();
  private long excused;

  private EpochAssignment(List<EtcdEpoch> epochs) {
    this.epochs = epochs;
    epochs.forEach(epoch -> assigned.add(new ArrayList<>()));
  }

  /** Assigns operations, which must be in the order of their beginnings. */
  static EpochAssignment of(EtcdLog log, List<Operation> operations) {
    var assignment = new EpochAssignment(log.epochs());
    for (Operation operation : operations) {
      int epoch = assignment.epochOf(operation);
      if (epoch == NONE) {
        assignment.excused++;
      } else {
        assignment.assigned.get(epoch).add(operation);
      }
    }
    return assignment;
  }

  List<Operation> in(int epoch) {
    return assigned.get(epoch);
  }

  long excused() {
    return excused;
  }

  private int epochOf(Operation operation) {
    return switch (operation) {
      case Read read -> fromServer(read) ? shared(read, during(read)) : known(read, ofCache(read));
      case Write write -> during(write);
      case Saw saw -> during(saw);
      case Minted minted -> during(minted);
      case Adopted adopted -> during(adopted);
      case Watched stream -> during(stream);
    };
  }

  private static boolean fromServer(Read read) {
    return read.answer().epoch() == 0
        || read.answer().route() == Route.DIRECT
        || read.answer().route() == Route.EXACT;
  }

  /**
   * What is restored has its own past with it, which is the beginning of the history that ended.
   */
  private int shared(Read read, int epoch) {
    int known = epoch;
    while (known > 0
        && read.answer().asOf() != Answer.UNKNOWN
        && read.answer().asOf() < epochs.get(known).baseRv()) {
      known--;
    }
    return known;
  }

  private int ofCache(Read read) {
    var cacheEpoch = new CacheEpoch(read.caller().cache(), read.answer().epoch());
    Integer known = meaning.get(cacheEpoch);
    if (known != null) {
      return known;
    }
    int now = during(read);
    if (now != NONE) {
      meaning.put(cacheEpoch, now);
    }
    return now;
  }

  private int known(Read read, int epoch) {
    boolean beyond =
        epoch != NONE
            && epoch < epochs.size() - 1
            && read.answer().asOf() != Answer.UNKNOWN
            && read.answer().asOf() > epochs.get(epoch).lastRv();
    return beyond ? NONE : epoch;
  }

  /** The epoch in which an operation lies as a whole. */
  private int during(Operation operation) {
    for (int i = 0; i < epochs.size(); i++) {
      long from = i == 0 ? Long.MIN_VALUE : epochs.get(i).beganNanos();
      if (from <= operation.invokedNanos()
          && operation.returnedNanos() <= epochs.get(i).endedNanos()) {
        return i;
      }
    }
    return NONE;
  }
}
