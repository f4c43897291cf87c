package dev.freshet.trials.herd;

import dev.freshet.testkit.workload.PodKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Looks at every member of a herd in turn, again and again, for when each has a change and when
 * each has had a complete list. For one thread.
 */
final class Muster {
  private static final Duration EVERY = Duration.ofMillis(20);

  private final List<HerdMember> members;
  private final List<Optional<Instant>> synced = new ArrayList<>();
  private final List<List<Instant>> listed = new ArrayList<>();
  private final List<Long> listsBefore;

  /**
   * What was seen, by member.
   *
   * @param synced when each was seen to hold the change; nothing for those that never did
   * @param listed when each was seen to have had one more complete list as a watch's beginning
   */
  record Seen(List<Optional<Instant>> synced, List<List<Instant>> listed) {}

  Muster(List<HerdMember> members) {
    this.members = members;
    this.listsBefore = members.stream().map(HerdMember::streamedLists).toList();
    for (int i = 0; i < members.size(); i++) {
      synced.add(Optional.empty());
      listed.add(new ArrayList<>());
    }
  }

  /** Looks for lists while something else is done. */
  void lookWhile(Future<?> doing) throws InterruptedException {
    while (!doing.isDone()) {
      lookForLists();
      Thread.sleep(EVERY);
    }
  }

  private void lookForLists() {
    Instant now = Instant.now();
    for (int i = 0; i < members.size(); i++) {
      long lists = members.get(i).streamedLists() - listsBefore.get(i);
      while (listed.get(i).size() < lists) {
        listed.get(i).add(now);
      }
    }
  }

  /**
   * Looks until each holds the Pod at the version, and so long after that.
   *
   * @param atMost how long to look for it
   */
  void awaitAll(PodKey pod, String version, Duration atMost, Duration after)
      throws InterruptedException {
    Instant limit = Instant.now().plus(atMost);
    while (Instant.now().isBefore(limit) && !lookFor(pod, version)) {
      lookForLists();
      Thread.sleep(EVERY);
    }
    Instant end = Instant.now().plus(after);
    while (Instant.now().isBefore(end)) {
      lookForLists();
      Thread.sleep(EVERY);
    }
  }

  private boolean lookFor(PodKey pod, String version) {
    boolean all = true;
    for (int i = 0; i < members.size(); i++) {
      if (synced.get(i).isEmpty()) {
        if (members.get(i).version(pod).filter(version::equals).isPresent()) {
          synced.set(i, Optional.of(Instant.now()));
        } else {
          all = false;
        }
      }
    }
    return all;
  }

  /** What has been seen so far. */
  Seen seen() {
    return new Seen(List.copyOf(synced), listed.stream().map(List::copyOf).toList());
  }
}
