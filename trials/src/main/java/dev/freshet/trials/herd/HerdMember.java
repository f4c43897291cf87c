package dev.freshet.trials.herd;

import dev.freshet.testkit.workload.PodKey;
import java.util.Optional;

/** One client with a cache of all Pods, synced when made. For one thread. */
interface HerdMember extends AutoCloseable {

  /** The resourceVersion of this Pod in its cache. */
  Optional<String> version(PodKey pod);

  /**
   * How many complete lists have come as the beginning of a watch so far: the API server's log says
   * when these were asked for, and not when they were complete.
   */
  long streamedLists();

  @Override
  void close();
}
