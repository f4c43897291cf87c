package dev.freshet.trials.herd;

import dev.freshet.trials.stage.AuditLog;
import dev.freshet.trials.stage.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one herd met one event. Lists are complete lists of all Pods, streamed or not, refused ones
 * included; a list is under way from its arrival, the server's queue included, to its end.
 *
 * @param clients how many
 * @param lists how many lists were asked for
 * @param listing clients that asked for any
 * @param mostListsOfOne the most that one of them asked for
 * @param refused requests of any sort that were answered with 429
 * @param listsAtOnce how many lists were under way at the same time, at most
 * @param listsBegunWithinMillis from the first list's arrival to the last one's
 * @param listsBySecond lists that arrived in each second after the first
 * @param audits lists of metadata at one version, for comparison
 * @param probes questions for the server's version
 * @param watches watches from a version, refused ones included
 * @param others requests of any other sort
 * @param mostInOneSecond requests of all sorts that arrived within one second, at most
 * @param bytes what all clients received, as it travelled
 * @param readyMillis from the event until the server said that it is ready
 * @param syncedMillis from the event until each client held what was written when the server was
 *     ready, in ascending order; those that did not within the time are missing
 */
record HerdOutcome(
    HerdKind kind,
    HerdEvent event,
    int clients,
    long lists,
    long listing,
    long mostListsOfOne,
    long refused,
    int listsAtOnce,
    long listsBegunWithinMillis,
    List<Integer> listsBySecond,
    long audits,
    long probes,
    long watches,
    long others,
    int mostInOneSecond,
    long bytes,
    long readyMillis,
    List<Long> syncedMillis) {

  private static final int REFUSED = 429;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * Counts.
   *
   * @param requests those of this herd since the event
   * @param seen what its members were seen to hold
   * @param from when the event began
   * @param ready when the server was ready again
   */
  static HerdOutcome of(
      HerdKind kind,
      HerdEvent event,
      List<AuditLog.Request> requests,
      Muster.Seen seen,
      Instant from,
      Instant ready,
      long bytes) {
    Map<Ask, Long> asked = new HashMap<>();
    Map<String, Long> listsOf = new HashMap<>();
    List<Span> lists = new ArrayList<>();
    for (AuditLog.Request request : requests) {
      Ask ask = Ask.of(request);
      asked.merge(ask, 1L, Long::sum);
      if (ask.isComplete()) {
        listsOf.merge(request.caller(), 1L, Long::sum);
        lists.add(untilComplete(request, seen.listed().get(HerdKind.index(request.caller()))));
      }
    }
    List<Instant> arrivals = lists.stream().map(Span::from).sorted().toList();
    return new HerdOutcome(
        kind,
        event,
        seen.synced().size(),
        lists.size(),
        listsOf.size(),
        listsOf.values().stream().mapToLong(n -> n).max().orElse(0),
        requests.stream().filter(request -> request.code() == REFUSED).count(),
        Span.mostAtOnce(lists),
        arrivals.isEmpty() ? 0 : millis(arrivals.getFirst(), arrivals.getLast()),
        bySecond(arrivals),
        asked.getOrDefault(Ask.AUDIT, 0L),
        asked.getOrDefault(Ask.PROBE, 0L),
        asked.getOrDefault(Ask.WATCH, 0L),
        asked.getOrDefault(Ask.OTHER, 0L),
        Span.mostAtOnce(
            requests.stream()
                .map(r -> new Span(r.span().from(), r.span().from().plus(SECOND)))
                .toList()),
        bytes,
        millis(from, ready),
        seen.synced().stream()
            .flatMap(Optional::stream)
            .map(at -> millis(from, at))
            .sorted()
            .toList());
  }

  /** A streamed list goes on as a watch, whose end says nothing about the list's. */
  private static Span untilComplete(AuditLog.Request request, Collection<Instant> listed) {
    Span whole = request.span();
    return listed.stream()
        .filter(at -> at.isAfter(whole.from()) && at.isBefore(whole.to()))
        .min(Instant::compareTo)
        .map(at -> new Span(whole.from(), at))
        .orElse(whole);
  }

  private static List<Integer> bySecond(List<Instant> arrivals) {
    if (arrivals.isEmpty()) {
      return List.of();
    }
    Instant first = arrivals.getFirst();
    int[] seconds = new int[(int) Duration.between(first, arrivals.getLast()).toSeconds() + 1];
    arrivals.forEach(at -> seconds[(int) Duration.between(first, at).toSeconds()]++);
    return Arrays.stream(seconds).boxed().toList();
  }

  private static long millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }

  /** Until so many of a hundred clients were synced again; empty if fewer ever were. */
  Optional<Duration> synced(int percent) {
    int index = Math.ceilDiv(clients * percent, 100) - 1;
    return index < syncedMillis.size()
        ? Optional.of(Duration.ofMillis(syncedMillis.get(index)))
        : Optional.empty();
  }
}
