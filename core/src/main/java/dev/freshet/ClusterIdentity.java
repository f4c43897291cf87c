package dev.freshet;

import dev.freshet.codec.Negotiation;
import dev.freshet.error.ApiException;
import dev.freshet.error.InvalidTokenException;
import dev.freshet.object.ResourceType;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.selector.FieldSelector;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What tells this cluster from all others: the UID of its namespace {@code kube-system}, asked for
 * once, when first needed. Thread-safe.
 */
final class ClusterIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterIdentity.class);

  private static final ResourceType NAMESPACES =
      new ResourceType("", "v1", "namespaces", "Namespace", false);

  private static final String SYSTEM = "kube-system";
  private static final String UID = "uid:";

  private final Cluster cluster;
  private final String address;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable String known;

  ClusterIdentity(Cluster cluster, String address) {
    this.cluster = cluster;
    this.address = address;
  }

  /**
   * The identity: {@code uid:…}, or {@code address:…} where the namespace may not be read. The
   * first call sends a request.
   *
   * @throws dev.freshet.error.FreshetException if the server cannot be asked
   */
  String text() {
    String text = known;
    if (text != null) {
      return text;
    }
    lock.lock();
    try {
      text = known;
      if (text == null) {
        text = ask();
        known = text;
      }
      return text;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The identity if it is that of no other cluster for certain; empty where only an address is
   * known, at which there may have been another cluster before. The first call sends a request, and
   * so does each that gives nothing: a server that has just started refuses everybody.
   *
   * @throws dev.freshet.error.FreshetException if the server cannot be asked
   */
  Optional<String> certain() {
    String text = text();
    return Optional.of(isCertain(text) ? text : ask()).filter(ClusterIdentity::isCertain);
  }

  private static boolean isCertain(String text) {
    return text.startsWith(UID) && text.length() > UID.length();
  }

  /**
   * Refuses another cluster's token.
   *
   * @param remedy what to do instead
   * @throws InvalidTokenException if it is one
   */
  void requireOwn(Token token, String remedy) {
    if (!token.cluster().equals(text())) {
      throw new InvalidTokenException(
          "the token is of the cluster " + token.cluster() + ", not of " + text(), remedy);
    }
  }

  private String ask() {
    try {
      var found =
          new ListCall(cluster.gate())
              .run(
                  ApiRequest.Purpose.DISCOVERY,
                  cluster.caller(),
                  NAMESPACES,
                  Optional.empty(),
                  Negotiation.of(NAMESPACES),
                  CollectionUrl.of(NAMESPACES, Optional.empty())
                      .fields(FieldSelector.equal("metadata.name", SYSTEM)),
                  Deadline.in(cluster.readWithin(), cluster.time()))
              .objects();
      if (!found.isEmpty()) {
        return UID + found.getFirst().uid();
      }
      byAddress("there is no namespace " + SYSTEM);
    } catch (ApiException e) {
      if (e.code() != 403 && e.code() != 404) {
        throw e;
      }
      byAddress(e.problem());
    }
    return "address:" + address;
  }

  private void byAddress(String why) {
    LOG.atLevel(known == null ? Level.INFO : Level.DEBUG)
        .log("Tokens name the cluster by its address, since {}", why);
  }
}
