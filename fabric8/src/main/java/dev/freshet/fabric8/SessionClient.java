package dev.freshet.fabric8;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.BaseClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's fabric8 client: another client's adapters, handlers, mappers and threads over the
 * session's own way to the server.
 *
 * <p>A client made anew would look for extensions on the class path and register each kind again,
 * which is nearly all of its cost. Closing this ends what was opened with it and nothing of the
 * other's. Thread-safe.
 */
final class SessionClient extends KubernetesClientImpl {

  private static final Logger LOG = LoggerFactory.getLogger(SessionClient.class);

  private final Lifetime lifetime;

  /**
   * @param like whose parts to use; stays open
   * @param http the session's way; closed with this
   */
  SessionClient(BaseClient like, HttpClient http) {
    super(like);
    this.httpClient = http;
    this.lifetime = new Lifetime();
  }

  /** For a client derived from one of ours, as for another namespace: it ends with that one. */
  private SessionClient(SessionClient of) {
    super(of);
    this.lifetime = of.lifetime;
  }

  @Override
  protected KubernetesClientImpl copy() {
    return new SessionClient(this);
  }

  @Override
  public void close() {
    httpClient.close();
    lifetime.end().forEach(SessionClient::end);
  }

  private static void end(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) { // Of another's code anything may come; the rest is to end too.
      LOG.warn("Something that was opened with a session's client did not close", e);
    }
  }

  @Override
  public CompletableFuture<Void> getClosed() {
    return lifetime.ended;
  }

  @Override
  public void addToCloseable(AutoCloseable opened) {
    lifetime.add(opened);
  }

  @Override
  public void removeFromCloseable(AutoCloseable closed) {
    lifetime.remove(closed);
  }

  /** What is open of a session's clients. Weakly held: what nobody uses any more needs no end. */
  private static final class Lifetime {
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<AutoCloseable> open = Collections.newSetFromMap(new WeakHashMap<>());

    synchronized void add(AutoCloseable opened) {
      if (ended.isDone()) {
        throw new KubernetesClientException("this session's client is closed: get another session");
      }
      open.add(opened);
    }

    synchronized void remove(AutoCloseable closed) {
      open.remove(closed);
    }

    /** What is to be closed now; nothing the second time. */
    synchronized List<AutoCloseable> end() {
      ended.complete(null);
      List<AutoCloseable> last = new ArrayList<>(open);
      open.clear();
      return last;
    }
  }
}
