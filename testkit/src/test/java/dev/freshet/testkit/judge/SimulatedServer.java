package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An etcd with an API server that makes no mistakes: one counter, one order, told to listeners. */
final class SimulatedServer {
  static final String KIND = "pods";
  private static final long BASE_RV = 100;

  private final List<EtcdEvent> base = new ArrayList<>();
  private final List<EtcdEvent> events = new ArrayList<>();
  private final TreeMap<String, EtcdEvent> state = new TreeMap<>();
  private final List<Consumer<List<EtcdEvent>>> listeners = new ArrayList<>();
  private long rv = BASE_RV;
  private int uids;

  /** Begins with an object. */
  void seed(String key, Map<String, String> labels) {
    var event = new EtcdEvent(rv, KIND, key, "u" + uids++, false, labels, "seed-" + key, 0, 0);
    base.add(event);
    state.put(key, event);
  }

  void listen(Consumer<List<EtcdEvent>> listener) {
    listeners.add(listener);
  }

  long rv() {
    return rv;
  }

  /** Other kinds count too. */
  void somethingElse() {
    rv++;
  }

  Map<String, EtcdEvent> state() {
    return new TreeMap<>(state);
  }

  /** The state at an earlier version. */
  Map<String, EtcdEvent> stateAt(long asOf) {
    var then = new TreeMap<String, EtcdEvent>();
    base.forEach(event -> then.put(event.key(), event));
    for (EtcdEvent event : events) {
      if (event.rv() > asOf) {
        break;
      }
      if (event.deleted()) {
        then.remove(event.key());
      } else {
        then.put(event.key(), event);
      }
    }
    return then;
  }

  boolean has(String key) {
    return state.containsKey(key);
  }

  EtcdEvent get(String key) {
    return Objects.requireNonNull(state.get(key), key);
  }

  EtcdEvent put(String key, Map<String, String> labels, String tag) {
    rv++;
    String uid = has(key) ? get(key).uid() : "u" + uids++;
    return commit(List.of(event(key, uid, false, labels, tag))).getFirst();
  }

  EtcdEvent delete(String key) {
    return expire(List.of(key)).getFirst();
  }

  /** Deletes several at one version, as the end of a lease does. */
  List<EtcdEvent> expire(List<String> keys) {
    rv++;
    return commit(
        keys.stream().map(key -> event(key, get(key).uid(), true, Map.of(), "")).toList());
  }

  private EtcdEvent event(
      String key, String uid, boolean deleted, Map<String, String> labels, String tag) {
    return new EtcdEvent(rv, KIND, key, uid, deleted, labels, tag, 0, EtcdEvent.UNSEEN_NANOS);
  }

  private List<EtcdEvent> commit(List<EtcdEvent> together) {
    for (EtcdEvent event : together) {
      events.add(event);
      if (event.deleted()) {
        state.remove(event.key());
      } else {
        state.put(event.key(), event);
      }
    }
    listeners.forEach(listener -> listener.accept(together));
    return together;
  }

  EtcdLog log() {
    return new EtcdLog(List.of(new EtcdEpoch(BASE_RV, base, events, rv, 0, EtcdEpoch.NEVER)));
  }
}
