package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Adopted;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Items;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Outcome;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A small run written by hand. Etcd holds Pods {@code a/p} and {@code b/p}; an object of version rv
 * has the tag {@code t<rv>}. Times are small numbers.
 */
final class Scene {
  static final Caller CALLER = new Caller("client", "session", "cache");
  static final Query ALL = Query.all("pods");

  private final List<EtcdEpoch> ended = new ArrayList<>();
  private final List<EtcdEvent> base = new ArrayList<>();
  private final List<EtcdEvent> events = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private long baseRv = 10;
  private long beganNanos;
  private long ids;

  /** An object changes, or comes into being. */
  Scene put(long rv, String key) {
    return event(rv, "pods", key, false, EtcdEvent.UNSEEN_NANOS);
  }

  Scene delete(long rv, String key) {
    return event(rv, "pods", key, true, EtcdEvent.UNSEEN_NANOS);
  }

  Scene event(long rv, String collection, String key, boolean deleted, long seenNanos) {
    String tag = deleted ? "" : "t" + rv;
    events.add(new EtcdEvent(rv, collection, key, uid(key), deleted, Map.of(), tag, rv, seenNanos));
    return this;
  }

  private static String uid(String key) {
    return "uid of " + key;
  }

  /** Etcd is restored: nothing is promised between the two times. */
  Scene restore(long endedNanos, long nextBeganNanos) {
    long lastRv = events.isEmpty() ? baseRv : events.getLast().rv();
    ended.add(new EtcdEpoch(baseRv, base, events, lastRv, beganNanos, endedNanos));
    base.clear();
    events.clear();
    beganNanos = nextBeganNanos;
    return this;
  }

  /** Etcd is restored to how it was at a version. */
  Scene restore(long endedNanos, long nextBeganNanos, long toRv) {
    List<EtcdEvent> kept = events.stream().filter(event -> event.rv() <= toRv).toList();
    restore(endedNanos, nextBeganNanos);
    base.addAll(kept);
    baseRv = toRv;
    return this;
  }

  /** An object as it is at a version. */
  static Item item(String key, long rv) {
    return new Item(key, uid(key), rv, "t" + rv, rv);
  }

  Scene read(Level level, long asOf, long from, long to, Item... items) {
    return read(CALLER, ALL, level, answer(asOf, Route.CACHED, 0, items), from, to);
  }

  Scene read(Caller caller, Query query, Level level, Answer answer, long from, long to) {
    return add(new Read(ids, caller, query, level, "", from, to, answer));
  }

  static Answer answer(long asOf, Route route, int epoch, Item... items) {
    return new Answer(
        asOf, route, epoch, Answer.UNKNOWN, true, 0, 1, Items.of(Arrays.asList(items)));
  }

  Scene wrote(long rv, String key, long from, long to) {
    return write(key, Write.Verb.PUT, "t" + rv, new Outcome.Done(rv), from, to);
  }

  Scene write(String key, Write.Verb verb, String tag, Outcome outcome, long from, long to) {
    return add(
        new Write(
            ids, CALLER, "pods", key, verb, uid(key), Answer.UNKNOWN, tag, from, to, outcome));
  }

  Scene minted(Caller caller, String token, Minted.Source source, long at) {
    return add(new Minted(ids, caller, token, source, at, at));
  }

  Scene adopted(Caller caller, String token, long at) {
    return add(new Adopted(ids, caller, token, at, at));
  }

  Scene stream(boolean conflating, Watched.Delivery... deliveries) {
    return add(
        new Watched(
            ids, CALLER, ALL, baseRv, true, List.of(), conflating, List.of(deliveries), 1, 2));
  }

  static Watched.Delivery told(Watched.Kind kind, String key, long rv) {
    return new Watched.Delivery(
        kind, key, uid(key), rv, kind == Watched.Kind.DELETED ? "" : "t" + rv);
  }

  Scene add(Operation operation) {
    operations.add(operation);
    ids++;
    return this;
  }

  EtcdLog log() {
    var epochs = new ArrayList<>(ended);
    long lastRv = events.isEmpty() ? baseRv : events.getLast().rv();
    epochs.add(new EtcdEpoch(baseRv, base, events, lastRv, beganNanos, EtcdEpoch.NEVER));
    return new EtcdLog(epochs);
  }

  History history() {
    return new History(operations, 0);
  }

  Verdict verdict() {
    return Judge.of(log()).check(history());
  }
}
