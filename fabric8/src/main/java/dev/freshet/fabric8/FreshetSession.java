package dev.freshet.fabric8;

import dev.freshet.Session;
import dev.freshet.SessionReads;
import dev.freshet.Token;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.impl.BaseClient;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Session} whose {@link #client()} is an ordinary fabric8 client: its reads see what went
 * through that client, whatever the verb.
 *
 * <pre>{@code
 * var session = freshet.session();
 * session.client().pods().inNamespace("ray").resource(pod).create();
 * session.reads(Pod.class).get("ray", "worker-7"); // sees it
 * response.header("Freshet-Session", session.token().encode());
 * }</pre>
 *
 * <p>Make one per task. All sessions share the connections of {@link Freshet#client()}, so one
 * costs a few kilobytes and no request, and needs no closing. Thread-safe.
 */
public final class FreshetSession {

  private final Session session;
  private final Supplier<KubernetesClient> shared;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable KubernetesClient client;

  FreshetSession(Session session, Supplier<KubernetesClient> shared) {
    this.session = session;
    this.shared = shared;
  }

  /**
   * The client of this session: for writes, and for reads past the cache. It never repeats a
   * request blindly. Watches, informers and streams (exec, logs) opened with it are not followed:
   * tell the session what they show by {@link #saw(HasMetadata)}.
   */
  public KubernetesClient client() {
    lock.lock();
    try {
      if (client == null) {
        client = observed(shared.get());
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  private KubernetesClient observed(KubernetesClient base) {
    // Our own builder made it, so it is fabric8's.
    BaseClient known = (BaseClient) base;
    String prefix = SessionHttpClient.prefixOf(base.getConfiguration().getMasterUrl());
    return new SessionClient(known, new SessionHttpClient(base.getHttpClient(), session, prefix));
  }

  /** Reads of a kind by its fabric8 class, built-in or custom. */
  public <T extends HasMetadata> SessionReads<T> reads(Class<T> kind) {
    return session.reads(Fabric8Model.of(kind));
  }

  /** Reads of any kind by its names, as generic objects. */
  public SessionReads<GenericKubernetesResource> reads(ResourceType kind) {
    return session.reads(Fabric8Model.generic(kind));
  }

  /**
   * The program has seen this object, wherever: later reads show it, or something newer.
   *
   * @throws IllegalArgumentException if its class does not say which kind it is
   */
  public void saw(HasMetadata object) {
    saw(Fabric8Model.typeOf(object.getClass()), object);
  }

  /** The program has seen this object of a kind that its class does not tell. */
  public void saw(ResourceType kind, HasMetadata object) {
    @Nullable String version = object.getMetadata().getResourceVersion();
    @Nullable String namespace = object.getMetadata().getNamespace();
    if (version == null) {
      throw new IllegalArgumentException("the object has no resourceVersion: nobody has seen it");
    }
    session.saw(kind, namespace == null ? "" : namespace, new ResourceVersion(version));
  }

  /** The program has learnt of all that a token saw; see {@link Session#saw(Token)}. */
  public void saw(Token token) {
    session.saw(token);
  }

  /** What this session has written and seen, to hand on; see {@link Session#token()}. */
  public Token token() {
    return session.token();
  }

  /** The same session for what knows no fabric8. */
  public Session session() {
    return session;
  }
}
