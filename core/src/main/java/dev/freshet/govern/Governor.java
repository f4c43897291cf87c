package dev.freshet.govern;

import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.load.Budget;
import dev.freshet.load.BudgetUse;
import dev.freshet.load.LoadOptions;
import dev.freshet.load.Priority;
import dev.freshet.load.ServerSigns;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.ApiRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Allows requests, one after the other, as the budgets of their callers and of the client, the
 * server's pauses and its crowding permit. Those of higher priority first, of equals who came
 * first; a caller whose own budget is used up holds nobody else back. Thread-safe.
 *
 * <p>It has no thread of its own: of those who wait, the first looks when time may have brought
 * something, and every answer that ends lets the next in.
 */
public final class Governor {

  /**
   * Callers with a budget and an account of their own. Names come from programs, so there are few;
   * whoever comes after that many shares those of {@value #OTHERS}.
   */
  public static final int MAX_CALLERS = 1_000;

  /** The account of all callers beyond {@value #MAX_CALLERS}. */
  public static final String OTHERS = "(others)";

  /** Requests that may wait; one more is refused. */
  static final int MAX_WAITING = 10_000;

  /** However exactly a bucket foresees when it has a token, a wait is no shorter than this. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Caller> callers = new HashMap<>();
  private final Map<String, Budget> budgets;
  private final Map<String, Priority> priorities;
  private final Allowance client;
  private final Crowding crowding;
  private final Pause pause;
  private final Retries retries = new Retries();
  private final Signs signs = new Signs();
  private final TreeSet<Waiter> waiting = new TreeSet<>();
  private Budget eachCaller;
  private long arrivals;

  /** The first of all who wait, which watches the time for all. */
  private @Nullable Waiter watching;

  public Governor(LoadOptions options, TimeSource time, RandomGenerator random) {
    this.time = time;
    this.budgets = new HashMap<>(options.callers());
    this.priorities = new HashMap<>(options.priorities());
    this.eachCaller = options.eachCaller();
    this.client = new Allowance(options.client(), time);
    this.crowding = new Crowding(time);
    this.pause = new Pause(time, random);
  }

  /**
   * Waits until a request may be sent.
   *
   * @param again whether it has been sent before and was not carried out
   * @throws LoadBudgetExceededException if it was not allowed before the deadline, or if too many
   *     wait already
   */
  public Permit admit(ApiRequest request, boolean again, Deadline deadline) {
    Waiter me = arrive(request);
    try {
      while (!isAllowed(me)) {
        Duration left = deadline.remaining();
        if (left.isZero()) {
          throw exceeded(me, deadline);
        }
        look(me, left);
      }
    } catch (InterruptedException e) {
      leave(me);
      throw interrupted(me.caller, deadline);
    }
    me.caller.waitedNanos.add(deadline.elapsed().toNanos());
    me.caller.requests.increment();
    if (again) {
      me.caller.retries.increment();
    }
    return new Granted(me.caller, request, again, deadline);
  }

  private static LoadBudgetExceededException interrupted(Caller caller, Deadline deadline) {
    Thread.currentThread().interrupt();
    return new LoadBudgetExceededException(
        caller.name, "its budget, and was interrupted", deadline.elapsed(), Optional.empty());
  }

  private Waiter arrive(ApiRequest request) {
    lock.lock();
    try {
      if (waiting.size() == MAX_WAITING) {
        throw new LoadBudgetExceededException(
            request.caller(),
            "the load budget, as " + MAX_WAITING + " requests do already",
            Duration.ZERO,
            Optional.empty());
      }
      Caller caller = caller(request.caller());
      Waiter me = new Waiter(caller, priority(request, caller), arrivals++);
      waiting.add(me);
      if (waiting.first().equals(me)) {
        watching = me;
      }
      allow();
      return me;
    } finally {
      lock.unlock();
    }
  }

  /** Without watches and their lists every read would have to be direct, so they go first. */
  private static Priority priority(ApiRequest request, Caller caller) {
    return switch (request.purpose()) {
      case SYNC, WATCH -> Priority.CRITICAL;
      case DIRECT, PROBE, TOUCH, AUDIT, DISCOVERY -> caller.priority;
    };
  }

  private boolean isAllowed(Waiter me) {
    lock.lock();
    try {
      return me.allowed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what may change something, and sees whether it did. */
  private void look(Waiter me, Duration atMost) throws InterruptedException {
    CountDownLatch woken;
    Duration wait = atMost;
    lock.lock();
    try {
      if (me.allowed) {
        return;
      }
      woken = me.woken;
      if (waiting.first().equals(me)) {
        wait = shorter(atMost, untilNext());
      }
    } finally {
      lock.unlock();
    }
    boolean unused = time.await(woken, wait);
    lock.lock();
    try {
      if (!me.allowed) {
        me.woken = new CountDownLatch(1);
        allow();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Something has changed other than the time: whoever watches it may have to wait less long than
   * it foresaw.
   */
  private void changed() {
    allow();
    if (!waiting.isEmpty()) {
      waiting.first().woken.countDown();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** When the first of all who wait could be allowed, as far as time decides it. */
  private Duration untilNext() {
    long shut = clientShutNanos();
    if (shut > 0) {
      return atLeastShortest(shut);
    }
    long soonest = Allowance.FOR_OTHERS;
    for (Waiter waiter : waiting) {
      soonest = Math.min(soonest, waiter.caller.allowance.untilNextNanos());
    }
    return atLeastShortest(soonest);
  }

  private static Duration atLeastShortest(long nanos) {
    return Duration.ofNanos(Math.max(nanos, SHORTEST_WAIT.toNanos()));
  }

  /** How long nobody may send anything; zero for not at all. */
  private long clientShutNanos() {
    long paused = pause.leftNanos();
    if (paused > 0) {
      return paused;
    }
    return client.inFlight() >= crowding.limit() ? Allowance.FOR_OTHERS : client.untilNextNanos();
  }

  /** Allows all who may go now, in their order. */
  private void allow() {
    var all = waiting.iterator();
    while (all.hasNext() && clientShutNanos() == 0) {
      Waiter next = all.next();
      if (next.caller.allowance.untilNextNanos() == 0) {
        all.remove();
        client.take();
        next.caller.allowance.take();
        next.allowed = true;
        next.woken.countDown();
      }
    }
    Waiter first = waiting.isEmpty() ? null : waiting.first();
    if (first != null && !Objects.equals(first, watching)) {
      // It was another's turn to watch the time.
      first.woken.countDown();
    }
    watching = first;
  }

  private void leave(Waiter me) {
    lock.lock();
    try {
      if (me.allowed) {
        giveBack(me.caller);
      }
      waiting.remove(me);
      changed();
    } finally {
      lock.unlock();
    }
  }

  private LoadBudgetExceededException exceeded(Waiter me, Deadline deadline) {
    lock.lock();
    try {
      String why = why(me);
      long shut = Math.max(clientShutNanos(), me.caller.allowance.untilNextNanos());
      me.caller.overBudget.increment();
      RefusalRecord.of(me.caller, false);
      return new LoadBudgetExceededException(
          me.caller.name,
          why,
          deadline.elapsed(),
          shut == Allowance.FOR_OTHERS ? Optional.empty() : Optional.of(Duration.ofNanos(shut)));
    } finally {
      lock.unlock();
      leave(me);
    }
  }

  private String why(Waiter me) {
    if (me.caller.allowance.untilNextNanos() > 0) {
      return "its budget of " + me.caller.allowance.why();
    }
    if (pause.leftNanos() > 0) {
      return "the API server, which is too busy and asked to wait";
    }
    if (client.untilNextNanos() > 0) {
      return "the client's budget of " + client.why();
    }
    return client.inFlight() >= crowding.limit()
        ? "room at the API server, which now takes " + crowding.limit() + " of ours at a time"
        : "others, who go first";
  }

  private void giveBack(Caller caller) {
    client.giveBack();
    caller.allowance.giveBack();
  }

  private Caller caller(String name) {
    Caller known = callers.get(name);
    if (known != null) {
      return known;
    }
    String account = callers.size() < MAX_CALLERS ? name : OTHERS;
    return callers.computeIfAbsent(
        account,
        unused ->
            new Caller(
                account,
                new Allowance(budgets.getOrDefault(account, eachCaller), time),
                priorities.getOrDefault(account, Priority.NORMAL)));
  }

  /** Another budget for all callers together, from now on. */
  public void limitClient(Budget budget) {
    change(() -> client.change(budget));
  }

  /** Another budget for every caller that has none of its own, from now on. */
  public void limitEachCaller(Budget budget) {
    change(
        () -> {
          eachCaller = budget;
          callers.forEach(
              (name, caller) -> {
                if (!budgets.containsKey(name)) {
                  caller.allowance.change(budget);
                }
              });
        });
  }

  /** Another budget for one caller, from now on. */
  public void limit(String name, Budget budget) {
    change(
        () -> {
          budgets.put(name, budget);
          caller(name).allowance.change(budgets.getOrDefault(caller(name).name, budget));
        });
  }

  /** Another priority for one caller: of its requests that come from now on. */
  public void prioritize(String name, Priority priority) {
    change(
        () -> {
          priorities.put(name, priority);
          caller(name).priority = priority;
        });
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed();
    } finally {
      lock.unlock();
    }
  }

  /** What every caller has used of its budget, by name. */
  public List<BudgetUse> uses() {
    lock.lock();
    try {
      List<BudgetUse> uses = new ArrayList<>();
      callers.values().forEach(caller -> uses.add(use(caller)));
      uses.sort((one, other) -> one.caller().compareTo(other.caller()));
      return uses;
    } finally {
      lock.unlock();
    }
  }

  /** What one caller has used of its budget; empty if it has asked for nothing yet. */
  public Optional<BudgetUse> use(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(callers.get(name)).map(this::use);
    } finally {
      lock.unlock();
    }
  }

  private BudgetUse use(Caller caller) {
    long held = waiting.stream().filter(waiter -> waiter.caller == caller).count();
    return new BudgetUse(
        caller.name,
        caller.allowance.budget(),
        caller.priority,
        caller.allowance.inFlight(),
        (int) held,
        caller.requests.sum(),
        caller.bytes.sum(),
        caller.retries.sum(),
        Duration.ofNanos(caller.waitedNanos.sum()),
        caller.overBudget.sum(),
        caller.refusedByServer.sum());
  }

  /** How the server does, as the client has met it. */
  public ServerSigns signs() {
    lock.lock();
    try {
      return signs.now(client.inFlight(), crowding.limit(), Duration.ofNanos(pause.leftNanos()));
    } finally {
      lock.unlock();
    }
  }

  /** One request that is under way. */
  private final class Granted implements Permit {
    private final Caller caller;
    private final ApiRequest request;
    private final boolean again;
    private final Deadline deadline;
    private final long sentNanos = time.monotonicNanos();
    private boolean closed;

    /** When it may be sent again, if at all. */
    private long againNanos;

    Granted(Caller caller, ApiRequest request, boolean again, Deadline deadline) {
      this.caller = caller;
      this.request = request;
      this.again = again;
      this.deadline = deadline;
    }

    @Override
    public boolean answered(int status, Optional<Duration> retryAfter) {
      Outcome outcome = Outcome.of(status, retryAfter);
      lock.lock();
      try {
        boolean room = learn(outcome);
        if (!again) {
          retries.first();
        }
        boolean retry = outcome == Outcome.REFUSED && refused(status, retryAfter, room);
        if (request.purpose() == ApiRequest.Purpose.WATCH) {
          // A seat is held until the watch has begun.
          end();
        }
        return retry;
      } finally {
        lock.unlock();
      }
    }

    private boolean refused(int status, Optional<Duration> retryAfter, boolean room) {
      caller.refusedByServer.increment();
      RefusalRecord.of(caller, true);
      Duration asked = retryAfter.orElse(Outcome.UNSAID);
      Duration wait = room ? pause.of(asked) : pause.ofAll(asked);
      againNanos = time.monotonicNanos() + wait.toNanos();
      return mayGoAgain(status) && wait.compareTo(deadline.remaining()) < 0 && retries.take();
    }

    @Override
    public void awaitAgain() {
      try {
        // Only the time opens it.
        boolean unused =
            time.await(
                new CountDownLatch(1),
                Duration.ofNanos(Math.max(0, againNanos - time.monotonicNanos())));
      } catch (InterruptedException e) {
        throw interrupted(caller, deadline);
      }
    }

    /** Whether it is certain that nothing was done, or does no harm. */
    private boolean mayGoAgain(int status) {
      return switch (request.purpose()) {
        case DIRECT, PROBE, DISCOVERY -> true;
        case TOUCH -> status == Outcome.TOO_MANY_REQUESTS;
        // What keeps caches comes again by itself, after pauses of its own.
        case SYNC, WATCH, AUDIT -> false;
      };
    }

    @Override
    public void failed() {
      lock.lock();
      try {
        boolean unused = learn(Outcome.UNANSWERED);
        if (!again) {
          retries.first();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean learn(Outcome outcome) {
      Duration took = Duration.ofNanos(time.monotonicNanos() - sentNanos);
      signs.add(outcome, took);
      return outcome == Outcome.UNANSWERED
          || crowding.learn(sentNanos, client.inFlight(), outcome == Outcome.REFUSED);
    }

    @Override
    public void received(long received) {
      caller.bytes.add(received);
      switch (request.purpose()) {
        case DIRECT, PROBE, TOUCH, DISCOVERY -> pay(received);
        case SYNC, WATCH, AUDIT -> {
          // The price of the cache, which no caller pays.
        }
      }
    }

    private void pay(long received) {
      lock.lock();
      try {
        client.pay(received);
        caller.allowance.pay(received);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        end();
      } finally {
        lock.unlock();
      }
    }

    private void end() {
      if (!closed) {
        closed = true;
        giveBack(caller);
        changed();
      }
    }
  }
}
