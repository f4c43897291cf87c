package dev.freshet.trials.levels;

import dev.freshet.Row;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Items;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.history.Recorder.PendingRead;
import dev.freshet.testkit.history.Route;
import dev.freshet.trials.stage.Answers;
import dev.freshet.trials.stage.RememberedHashes;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the clients of one process share. Thread-safe. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private static final int MAX_ALARMS = 4;
  private static final int FAILURES_SHOWN = 5;

  private final int process;
  private final Freshet freshet;
  private final Recorder recorder;
  private final Repertoire repertoire;
  private final Consumer<String> tell;
  private final NamedTokens tokens = new NamedTokens();
  private final Semaphore writing;
  private final int clients;
  private final RememberedHashes hashes = new RememberedHashes();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong alarmed = new AtomicLong();
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
  private final AtomicLong restores = new AtomicLong();
  private volatile boolean restoring;
  private volatile boolean ended;

  /**
   * @param process its number, from 0
   * @param clients how many share it
   * @param tell tells the rig a line
   */
  Desk(
      int process,
      Freshet freshet,
      Recorder recorder,
      Repertoire repertoire,
      int clients,
      Consumer<String> tell) {
    this.process = process;
    this.freshet = freshet;
    this.recorder = recorder;
    this.repertoire = repertoire;
    this.clients = clients;
    this.writing = new Semaphore(clients, true);
    this.tell = tell;
  }

  Freshet freshet() {
    return freshet;
  }

  Recorder recorder() {
    return recorder;
  }

  Repertoire repertoire() {
    return repertoire;
  }

  NamedTokens tokens() {
    return tokens;
  }

  /** The name of the cache of a kind, unique over all processes. */
  String cache(Kind kind) {
    return cache(kind.plural());
  }

  /** The name of some other cache, unique over all processes. */
  String cache(String name) {
    return process + "/" + name;
  }

  /** Keeps a token, and hands it on to some other process. */
  void handOn(NamedTokens.Named token) {
    tokens.add(token);
    tell.accept("token " + token.name() + " " + token.token().encode());
  }

  /**
   * Writes down an answer; one with an alarm promises nothing, and is counted.
   *
   * @return the number of its first part in the history, unless it was not written down
   */
  OptionalLong answered(Question question, List<PendingRead> pending, Found found) {
    if (!found.provenance().alarm().isEmpty()) {
      if (alarmed.incrementAndGet() <= MAX_ALARMS) {
        tell.accept("alarm " + found.provenance().alarm());
      }
      return OptionalLong.empty();
    }
    long id = 0;
    for (int i = pending.size() - 1; i >= 0; i--) {
      boolean first = i == 0;
      List<? extends Row<?>> part = part(question, i, found.rows());
      id =
          pending
              .get(i)
              .returned(
                  into -> {
                    add(part, found, into);
                    Answer.Claims claims = Answers.claims(found.provenance());
                    return first ? claims : costless(claims);
                  });
    }
    count(pending.size());
    return OptionalLong.of(id);
  }

  /** Counts answers. */
  void count(int more) {
    answered.addAndGet(more);
  }

  private static List<? extends Row<?>> part(
      Question question, int index, List<? extends Row<?>> rows) {
    return question.namespaces().size() < 2
        ? rows
        : rows.stream()
            .filter(row -> row.namespace().equals(question.namespaces().get(index)))
            .toList();
  }

  /** The answer's requests are counted once, however many queries it is judged as. */
  private static Answer.Claims costless(Answer.Claims claims) {
    return new Answer.Claims(
        claims.asOf(),
        claims.route(),
        claims.epoch(),
        claims.behindAtMostNanos(),
        claims.satisfied(),
        0,
        1);
  }

  private void add(List<? extends Row<?>> rows, Found found, Items.Gathering into) {
    if (Route.of(found.provenance().route().toString()).cacheHead()) {
      hashes.add(rows, found.provenance().epoch(), into);
    } else {
      Answers.add(rows, into);
    }
  }

  /** Counts a read that ended with a failure. */
  void failed(Question question, List<PendingRead> pending, FreshetException why) {
    pending.getFirst().failed();
    String kind = why.getClass().getSimpleName();
    if (failures.computeIfAbsent(kind, name -> new AtomicLong()).incrementAndGet()
        <= FAILURES_SHOWN) {
      LOG.info("A read of {} failed", question, why);
    }
  }

  /** What may never be thrown was thrown. */
  void defect(String what) {
    tell.accept("defect " + what.replace('\n', ' '));
  }

  /** Lets a client write, unless writes are held: then it goes on without. */
  boolean mayWrite() {
    return writing.tryAcquire();
  }

  void hasWritten() {
    writing.release();
  }

  /** Waits for the writes under way, and allows no more: a restore is about to begin. */
  void holdWrites() throws InterruptedException {
    restoring = true;
    restores.incrementAndGet();
    writing.acquire(clients);
  }

  /** How many restores have begun. */
  long restores() {
    return restores.get();
  }

  /** Whether caches may still go on with a history that was replaced. */
  boolean isRestoring() {
    return restoring;
  }

  /** All caches are themselves again. */
  void settled() {
    restoring = false;
  }

  void allowWrites() {
    writing.release(clients);
  }

  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** How far it is, for the rig: answers and alarms, then each kind of failure. */
  String progress() {
    var text = new StringBuilder("progress " + answered.get() + " " + alarmed.get());
    failures.forEach((name, count) -> text.append(' ').append(name).append('=').append(count));
    return text.toString();
  }
}
