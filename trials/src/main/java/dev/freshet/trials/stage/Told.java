package dev.freshet.trials.stage;

import dev.freshet.Change;
import dev.freshet.Subscription;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A handler that holds what it was told: all changes replayed must give what etcd holds. */
public final class Told implements AutoCloseable {
  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private final View view;
  private final Subscription subscription;

  /** Subscribes. */
  public Told(View view) {
    this.view = view;
    this.subscription = view.reads().onEvent(view.query(), this::onEvent);
  }

  private void onEvent(Change<Pod> change) {
    String key = change.key().toString();
    String version = change.row().resourceVersion().text();
    switch (change) {
      case Change.Added<Pod> added -> demand(key, versions.put(key, version) == null, "added");
      case Change.Updated<Pod> updated ->
          demand(key, versions.put(key, version) != null, "updated");
      case Change.Deleted<Pod> deleted -> demand(key, versions.remove(key) != null, "deleted");
    }
  }

  private static void demand(String key, boolean possible, String what) {
    if (!possible) {
      throw new IllegalStateException(key + " was told as " + what + ", which cannot be");
    }
  }

  /** What it was told, all in all. */
  public Holding holding() {
    return new Holding("a handler of " + view, view.written(), () -> Map.copyOf(versions));
  }

  /** What it could not believe, if anything. */
  public Optional<String> defect() {
    return subscription
        .health()
        .lastFailure()
        .map(failure -> "a handler of " + view + ": " + failure.getMessage());
  }

  @Override
  public void close() {
    subscription.close();
  }
}
