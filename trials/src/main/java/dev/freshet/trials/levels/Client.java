package dev.freshet.trials.levels;

import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Reads;
import dev.freshet.SessionReads;
import dev.freshet.SnapshotReads;
import dev.freshet.Token;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.FreshetSession;
import dev.freshet.fabric8.FreshetSnapshot;
import dev.freshet.testkit.history.Adopted;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Recorder.PendingRead;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One client: one thing after the other, chosen by chance, each written down. It works in a
 * session, which it replaces now and then, and reads beside it, too: what is read there is not the
 * session's.
 */
final class Client implements Runnable {
  /**
   * Short, so that clients go on while nothing answers; half of it is enough for any fence but a
   * bookmark watch.
   */
  private static final Duration READ_WITHIN = Duration.ofSeconds(3);

  /** Enough for a bookmark watch, and a list after it should it be in vain. */
  private static final Duration BOOKMARK_WITHIN = Duration.ofSeconds(10);

  private static final Duration SHORT_WAIT = Duration.ofMillis(5);

  /** For what a starved machine still brings: whoever gives up earlier has the server list it. */
  private static final Duration LONG_WAIT = Duration.ofSeconds(2);

  private static final List<Duration> BEHIND =
      List.of(
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10));

  private static final int MAX_SHOWN = 8;

  private final Desk desk;
  private final String name;
  private final RandomGenerator random;
  private final OwnWrites writes;
  private final Choice<Runnable> acts;
  private final List<Shown> shown = new ArrayList<>();
  private Optional<Latest> latest = Optional.empty();
  private FreshetSession session;
  private String sessionName = "";
  private long counted;

  /** The last answer, under its number in the history. */
  private record Latest(long id, Question question, Found found) {}

  /** What the holder of a token was shown. */
  private record Shown(NamedTokens.Named token, Question question) {}

  Client(Desk desk, String name, RandomGenerator random) {
    this.desk = desk;
    this.name = name;
    this.random = random;
    this.writes = new OwnWrites(desk, name, random);
    this.acts =
        new Choice<Runnable>(random)
            .or(500, this::readCachedInSession)
            .or(450, this::readCachedAlone)
            .or(200, this::readOwnWrites)
            .or(140, this::readAtLeast)
            .or(40, this::readWithin)
            .or(25, this::readExactly)
            .or(5, this::readBothKinds)
            .or(130, this::readByProbe)
            .or(14, this::readByTouch)
            .or(4, this::readByBookmark)
            .or(3, this::readDirectly)
            .or(2, this::readStronglyInSession)
            .or(2, this::readByTheCheapest)
            .or(30, this::write)
            .or(10, this::writeShared)
            .or(14, this::handOnWhatIsSeen)
            .or(10, this::handOnWhatIsRead)
            .or(4, this::handOnTwoAsOne)
            .or(5, this::adopt)
            .or(6, this::beginSession);
    this.session = desk.freshet().session();
    beginSession();
  }

  @Override
  public void run() {
    while (!desk.ended()) {
      acts.next().run();
    }
  }

  private void beginSession() {
    session = desk.freshet().session();
    sessionName = name + "/" + counted++;
  }

  private Caller inSession(Kind kind) {
    return new Caller(name, sessionName, desk.cache(kind));
  }

  private void readCachedInSession() {
    readInSession(desk.repertoire().any(random), Consistency.cached(), new Level.Cached());
  }

  private void readCachedAlone() {
    Question question = desk.repertoire().any(random);
    Optional<Found> found =
        readAlone(question, Consistency.cached(), new Level.Cached(), Fence.DIRECT);
    if (question.equals(Question.everything(Kind.PODS))) {
      found.ifPresent(all -> desk.repertoire().seen(all.rows()));
    }
  }

  private void readOwnWrites() {
    readInSession(
        desk.repertoire().any(random),
        patience(Consistency.readYourWrites()),
        new Level.ReadYourWrites());
  }

  private Consistency patience(Consistency.ReadYourWrites level) {
    return switch (random.nextInt(10)) {
      case 0 -> level.waitingAtMost(SHORT_WAIT).otherwise(Consistency.Otherwise.SERVE_STALE);
      case 1 -> level.waitingAtMost(SHORT_WAIT).otherwise(Consistency.Otherwise.FAIL);
      case 2 -> level;
      default -> level.waitingAtMost(LONG_WAIT);
    };
  }

  private void readAtLeast() {
    desk.tokens()
        .any(random)
        .ifPresent(
            token -> {
              Question question = desk.repertoire().any(random);
              var level = patience(Consistency.atLeast(token.token()));
              var promised = new Level.AtLeast(token.name());
              if (random.nextBoolean()) {
                readInSession(question, level, promised);
              } else {
                var unused = readAlone(question, level, promised, Fence.DIRECT);
              }
            });
  }

  private Consistency patience(Consistency.AtLeast level) {
    return switch (random.nextInt(10)) {
      case 0 -> level.waitingAtMost(SHORT_WAIT).otherwise(Consistency.Otherwise.SERVE_STALE);
      case 1 -> level.waitingAtMost(SHORT_WAIT).otherwise(Consistency.Otherwise.FAIL);
      case 2 -> level;
      default -> level.waitingAtMost(LONG_WAIT);
    };
  }

  private void readWithin() {
    Duration behind = BEHIND.get(random.nextInt(BEHIND.size()));
    var level = Consistency.within(behind);
    var patient =
        random.nextInt(5) == 0
            ? level.waitingAtMost(SHORT_WAIT).otherwise(Consistency.Otherwise.SERVE_STALE)
            : level;
    var promised = new Level.Within(behind.toNanos());
    Question question = desk.repertoire().any(random);
    if (random.nextBoolean()) {
      readInSession(question, patient, promised);
    } else {
      var unused = readAlone(question, patient, promised, Fence.DIRECT);
    }
  }

  /** What was shown to somebody a while ago, once more or in part. */
  private void readExactly() {
    if (shown.isEmpty()) {
      return;
    }
    Shown then = shown.get(random.nextInt(shown.size()));
    boolean inPart = then.question().equals(Question.everything(Kind.PODS));
    Question question = inPart ? desk.repertoire().pods(random) : then.question();
    var level = Consistency.exactly(then.token().token());
    var promised = new Level.Exactly(then.token().name());
    var unused = readAlone(question, level, promised, Fence.DIRECT);
  }

  /** Both kinds at one moment, which is to be one version. */
  private void readBothKinds() {
    Question pods = desk.repertoire().list(random);
    if (pods.namespaces().size() > 1) {
      return;
    }
    Question maps = Question.everything(Kind.CONFIG_MAPS).in(Scenery.NAMESPACE);
    String cut = name + "/" + counted++;
    List<PendingRead> ofPods = List.of(pendingCut(pods, cut));
    List<PendingRead> ofMaps = List.of(pendingCut(maps, cut));
    try {
      FreshetSnapshot now = desk.freshet().snapshot(Pod.class, ConfigMap.class);
      var unused = desk.answered(pods, ofPods, ask(pods, now.reads(Pod.class)));
      unused = desk.answered(maps, ofMaps, ask(maps, now.reads(ConfigMap.class)));
    } catch (FreshetException e) {
      desk.failed(pods, ofPods, e);
    }
  }

  private PendingRead pendingCut(Question question, String cut) {
    var caller = new Caller(name, name + "/alone", desk.cache(question.kind()));
    return desk.recorder().read(caller, question.written().getFirst(), new Level.Strong(), cut);
  }

  private static <T> Found ask(Question question, SnapshotReads<T> all) {
    SnapshotReads<T> reads =
        question.namespaces().isEmpty() ? all : all.inNamespace(question.namespaces().getFirst());
    return Found.of(reads.list(question.query()));
  }

  private void readByProbe() {
    // The quiet kind has no next event that would pass it.
    Question question = desk.repertoire().any(random);
    readStrongly(question, question.kind() == Kind.PODS ? Fence.PROBE : Fence.TOUCH);
  }

  private void readByTouch() {
    readStrongly(desk.repertoire().any(random), Fence.TOUCH);
  }

  private void readByBookmark() {
    readStrongly(
        random.nextInt(4) == 0 ? desk.repertoire().any(random) : desk.repertoire().quiet(random),
        Fence.BOOKMARK);
  }

  private void readDirectly() {
    readStrongly(desk.repertoire().narrow(random), Fence.DIRECT);
  }

  /** The planner chooses; for what selects few that may be a direct list, so this is rare. */
  private void readByTheCheapest() {
    readStrongly(desk.repertoire().any(random), Fence.AUTO);
  }

  private void readStrongly(Question question, Fence way) {
    var unused = readAlone(question, Consistency.strong(), new Level.Strong(), way);
  }

  private void readStronglyInSession() {
    readInSession(desk.repertoire().narrow(random), Consistency.strong(), new Level.Strong());
  }

  private void readInSession(Question question, Consistency level, Level promised) {
    var unused =
        read(
            inSession(question.kind()),
            question,
            promised,
            () -> ask(question, level, session.reads(question.kind().type())));
  }

  private Optional<Found> readAlone(
      Question question, Consistency level, Level promised, Fence way) {
    var caller = new Caller(name, name + "/alone", desk.cache(question.kind()));
    return read(
        caller, question, promised, () -> ask(question, level, reads(question.kind().type(), way)));
  }

  private <T extends HasMetadata> Reads<T> reads(Class<T> kind, Fence way) {
    Duration longest = way == Fence.BOOKMARK ? BOOKMARK_WITHIN : READ_WITHIN;
    return desk.freshet().reads(kind).fence(way).within(longest);
  }

  /** Asks Freshet. */
  static <T> Found ask(Question question, Consistency level, Reads<T> all) {
    Reads<T> reads = narrowed(question, all, Reads<T>::inNamespace, Reads<T>::inNamespaces);
    return question.isGet()
        ? Found.of(reads.get(question.name(), level))
        : Found.of(reads.list(question.query(), level));
  }

  private static <T> Found ask(Question question, Consistency level, SessionReads<T> all) {
    SessionReads<T> reads =
        narrowed(
            question,
            all.within(READ_WITHIN),
            SessionReads<T>::inNamespace,
            SessionReads<T>::inNamespaces);
    return question.isGet()
        ? Found.of(reads.get(question.name(), level))
        : Found.of(reads.list(question.query(), level));
  }

  /** Reads of several namespaces, by the first and the others. */
  private interface InSeveral<R> {
    R of(R reads, String first, String... others);
  }

  private static <R> R narrowed(
      Question question, R all, BiFunction<R, String, R> inOne, InSeveral<R> inSeveral) {
    List<String> in = question.namespaces();
    return switch (in.size()) {
      case 0 -> all;
      case 1 -> inOne.apply(all, in.getFirst());
      default -> inSeveral.of(all, in.getFirst(), in.stream().skip(1).toArray(String[]::new));
    };
  }

  private Optional<Found> read(
      Caller caller, Question question, Level promised, Supplier<Found> ask) {
    String cut = question.namespaces().size() > 1 ? name + "/" + counted++ : "";
    List<PendingRead> pending =
        question.written().stream()
            .map(query -> desk.recorder().read(caller, query, promised, cut))
            .toList();
    try {
      Found found = ask.get();
      OptionalLong id = desk.answered(question, pending, found);
      id.ifPresent(number -> latest = Optional.of(new Latest(number, question, found)));
      return Optional.of(found);
    } catch (FreshetException e) {
      desk.failed(question, pending, e);
      return Optional.empty();
    }
  }

  private void write() {
    writes.write(session, inSession(Kind.PODS));
  }

  /** As a controller does: read, then write on the condition that nobody else has. */
  private void writeShared() {
    String object = Scenery.shared(random.nextInt(Scenery.SHARED_PODS));
    var question = Question.object(Kind.PODS, Scenery.NAMESPACE, object);
    Caller caller = inSession(Kind.PODS);
    read(
            caller,
            question,
            new Level.Cached(),
            () -> ask(question, Consistency.cached(), session.reads(question.kind().type())))
        .flatMap(found -> found.rows().stream().findFirst())
        .ifPresent(
            row -> writes.writeShared(session, caller, object, row.resourceVersion().text()));
  }

  private void handOnWhatIsSeen() {
    var unused = mint(new Minted.OfSession(), session::token);
  }

  private void handOnTwoAsOne() {
    var one = desk.tokens().any(random);
    var other = desk.tokens().any(random);
    if (one.isPresent() && other.isPresent()) {
      var unused =
          mint(
              new Minted.Merged(List.of(one.get().name(), other.get().name())),
              () -> one.get().token().and(other.get().token()));
    }
  }

  /** Of one part only: several have several numbers, and a token one source. */
  private void handOnWhatIsRead() {
    latest
        .filter(read -> read.question().namespaces().size() < 2)
        .ifPresent(
            read ->
                mint(new Minted.OfRead(read.id()), read.found().token())
                    .ifPresent(
                        token -> {
                          if (shown.size() == MAX_SHOWN) {
                            shown.removeFirst();
                          }
                          shown.add(new Shown(token, read.question()));
                        }));
  }

  private Optional<NamedTokens.Named> mint(Minted.Source source, Supplier<Token> make) {
    long invokedNanos = desk.recorder().nanos();
    try {
      Token token = make.get();
      var named = new NamedTokens.Named(name + "-" + counted++, token);
      long returnedNanos = desk.recorder().nanos();
      desk.recorder()
          .record(
              new Minted(
                  desk.recorder().newId(),
                  inSession(Kind.PODS),
                  named.name(),
                  source,
                  invokedNanos,
                  returnedNanos));
      desk.handOn(named);
      return Optional.of(named);
    } catch (FreshetException clusterHasNotSaidWhoItIs) {
      // The first token needs the cluster's name; without it there is none.
      return Optional.empty();
    }
  }

  private void adopt() {
    desk.tokens()
        .any(random)
        .ifPresent(
            token -> {
              long invokedNanos = desk.recorder().nanos();
              try {
                session.saw(token.token());
              } catch (FreshetException clusterHasNotSaidWhoItIs) {
                return;
              }
              desk.recorder()
                  .record(
                      new Adopted(
                          desk.recorder().newId(),
                          inSession(Kind.PODS),
                          token.name(),
                          invokedNanos,
                          desk.recorder().nanos()));
            });
  }

  /** What a cache holds after quiet, which a fence has shown to be complete. */
  static void lastLook(Desk desk) {
    for (Kind kind : Kind.values()) {
      Question all = Question.everything(kind);
      passAFence(desk, all);
      var caller = new Caller("last", "last", desk.cache(kind));
      List<PendingRead> pending =
          List.of(desk.recorder().read(caller, all.written().getFirst(), new Level.Converged()));
      var unused =
          desk.answered(
              all, pending, ask(all, Consistency.cached(), desk.freshet().reads(kind.type())));
    }
  }

  private static void passAFence(Desk desk, Question question) {
    var reads =
        desk.freshet().reads(question.kind().type()).fence(Fence.BOOKMARK).within(BOOKMARK_WITHIN);
    var unused = ask(question, Consistency.strong(), reads);
  }
}
