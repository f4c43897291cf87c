package dev.freshet.webhook;

import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import java.util.Optional;

/**
 * One question of the API server: may this be done? Immutable, but {@link #object()} and {@link
 * #oldObject()} are made anew each time, so what a caller does to them is its own matter.
 *
 * <p>Subresources and CONNECT come with objects of other classes, such as {@code Scale} or {@code
 * PodExecOptions}: take them by {@link #objectAs}.
 *
 * @param <T> the class that the webhook is declared for
 */
public final class Review<T> {

  private final AdmissionRequest request;
  private final Class<T> type;

  Review(AdmissionRequest request, Class<T> type) {
    this.request = request;
    this.type = type;
  }

  /** Of this review, not of the object. */
  public String uid() {
    return request.uid();
  }

  public Operation operation() {
    return request.operation();
  }

  /** The resource as the webhook is registered for it, such as {@code pods}. */
  public String resource() {
    return request.resource();
  }

  /** Such as {@code status} or {@code exec}; empty for the object itself. */
  public String subResource() {
    return request.subResource();
  }

  /** Empty for a cluster-scoped object. */
  public String namespace() {
    return request.namespace();
  }

  /** Empty where the API server has not generated it yet. */
  public String name() {
    return request.name();
  }

  /** Who asks. */
  public UserInfo user() {
    return request.user();
  }

  /** Whether nothing will be stored: then a webhook must have no side effects. */
  public boolean isDryRun() {
    return request.isDryRun();
  }

  /** The object as it is to be; empty for a DELETE. */
  public Optional<T> object() {
    return request.object(type);
  }

  /** The object as it is; of an UPDATE or a DELETE. */
  public Optional<T> oldObject() {
    return request.oldObject(type);
  }

  /**
   * The object as it is to be, as another class.
   *
   * @throws dev.freshet.error.MalformedResponseException if it does not fit
   */
  public <K> Optional<K> objectAs(Class<K> other) {
    return request.object(other);
  }

  AdmissionRequest request() {
    return request;
  }

  /** Without contents. */
  @Override
  public String toString() {
    return request.toString();
  }
}
