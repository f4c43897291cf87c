package dev.freshet.trials.levels;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.judge.Judge;
import dev.freshet.testkit.judge.Rule;
import dev.freshet.testkit.judge.Verdict;
import java.util.List;

/**
 * What the answers of one contender were worth. Staleness is no fault of a cached answer: it is
 * counted by judging the same answers once more as if they had been promised to be strong, or a
 * second behind at most. For that nobody's versions are looked at, since an informer tells none: a
 * state that is still the last one is not stale, whatever version it was read at.
 *
 * @param contender whose caches
 * @param answers how many were judged
 * @param torn answers that show a state which etcd never had
 * @param back answers older than an earlier one of the same cache
 * @param future answers that show what was written only later
 * @param stale answers that lack what was known to be committed before the read
 * @param secondsStale those that lack what was known a second before
 * @param example one of the torn answers, in words
 */
public record CacheVerdict(
    String contender,
    long answers,
    long torn,
    long back,
    long future,
    long stale,
    long secondsStale,
    String example) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Judges the reads of the caches that have this name in each process, and all writes. */
  static CacheVerdict of(String contender, String cache, History history, EtcdLog log) {
    Judge judge = Judge.of(log);
    Verdict cached = judge.check(only(cache, history, new Level.Cached()));
    Verdict strong = judge.check(only(cache, withoutVersions(history), new Level.Strong()));
    Verdict within =
        judge.check(only(cache, withoutVersions(history), new Level.Within(SECOND_NANOS)));
    String example =
        cached.violations().stream()
            .filter(violation -> violation.rule() == Rule.SNAPSHOT)
            .findFirst()
            .map(Object::toString)
            .orElse("");
    return new CacheVerdict(
        contender,
        cached.readsJudged(),
        count(cached, Rule.SNAPSHOT),
        count(cached, Rule.MONOTONIC),
        count(cached, Rule.FUTURE),
        stale(strong),
        stale(within),
        example);
  }

  private static long stale(Verdict verdict) {
    return count(verdict, Rule.FRESH) + count(verdict, Rule.EPOCH);
  }

  private static long count(Verdict verdict, Rule rule) {
    return verdict.counts().getOrDefault(rule, 0L);
  }

  private static boolean isOf(String cache, Operation operation) {
    return operation instanceof Read read && read.caller().cache().endsWith("/" + cache);
  }

  private static History only(String cache, History history, Level level) {
    List<Operation> operations =
        history.operations().stream()
            .filter(operation -> !(operation instanceof Read) || isOf(cache, operation))
            .map(operation -> operation instanceof Read read ? promised(read, level) : operation)
            .toList();
    return new History(operations, history.failedReads());
  }

  private static History withoutVersions(History history) {
    List<Operation> operations =
        history.operations().stream()
            .map(operation -> operation instanceof Read read ? withoutVersion(read) : operation)
            .toList();
    return new History(operations, history.failedReads());
  }

  private static Read withoutVersion(Read read) {
    Answer told = read.answer();
    var answer =
        new Answer(
            Answer.UNKNOWN,
            told.route(),
            told.epoch(),
            Answer.UNKNOWN,
            told.satisfied(),
            told.requestsSent(),
            told.requestsShared(),
            told.items());
    return new Read(
        read.id(),
        read.caller(),
        read.query(),
        read.level(),
        read.cut(),
        read.invokedNanos(),
        read.returnedNanos(),
        answer);
  }

  private static Read promised(Read read, Level level) {
    return new Read(
        read.id(),
        read.caller(),
        read.query(),
        level,
        read.cut(),
        read.invokedNanos(),
        read.returnedNanos(),
        read.answer());
  }
}
