package dev.freshet;

import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an answer came from and what it is worth.
 *
 * @param asked the level that was asked for
 * @param route the way that was taken
 * @param epoch the history the answer belongs to; promises hold within one. 0 for an answer that
 *     came straight from the server and does not plainly continue the history of a cache
 * @param collection what was read
 * @param asOf the collection's version: the answer is its state at exactly this version
 * @param behindAtMost everything committed longer than this before the state was taken is in it;
 *     empty when not known, and unknown is never zero
 * @param satisfied whether the level asked for was given
 * @param waited how long the read waited for the server
 * @param requests what the read cost the server
 * @param bytes what the read moved
 * @param why one line: why this route
 * @param alarm what contradicts the history that the cache follows, as after an etcd restore that
 *     the API server has not noticed; empty if nothing does. With an alarm no level promises
 *     anything
 */
public record Provenance(
    Consistency asked,
    Route route,
    int epoch,
    ResourceType collection,
    ResourceVersion asOf,
    Optional<Duration> behindAtMost,
    boolean satisfied,
    Duration waited,
    Requests requests,
    Bytes bytes,
    String why,
    String alarm) {

  /**
   * Requests to the API server, as this read's share of them: {@code sent / readers}.
   *
   * @param sent how many were sent, for all who shared them
   * @param readers how many reads shared them
   */
  public record Requests(int sent, int readers) {
    static final Requests NONE = new Requests(0, 1);
    static final Requests ONE = new Requests(1, 1);

    /** These, and others of this read alone. */
    Requests and(int own) {
      return new Requests(sent + own * readers, readers);
    }

    @Override
    public String toString() {
      return readers == 1 ? Integer.toString(sent) : sent + "/" + readers;
    }
  }

  /**
   * Bytes of answers.
   *
   * @param body after decompression
   * @param wire as they travelled
   */
  public record Bytes(long body, long wire) {
    static final Bytes NONE = new Bytes(0, 0);
  }

  /** The same, after a wait of this length in all. */
  Provenance waited(Duration inAll) {
    return with(satisfied, inAll, why);
  }

  /** The same of an answer that is the state at this version too. */
  Provenance at(ResourceVersion version) {
    return new Provenance(
        asked,
        route,
        epoch,
        collection,
        version,
        behindAtMost,
        satisfied,
        waited,
        requests,
        bytes,
        why,
        alarm);
  }

  /** The same of a state that was so old when it was taken. */
  Provenance behind(Optional<Duration> atMost) {
    return new Provenance(
        asked,
        route,
        epoch,
        collection,
        asOf,
        atMost,
        satisfied,
        waited,
        requests,
        bytes,
        why,
        alarm);
  }

  /** The same of an answer that cost this. */
  Provenance spent(Requests newRequests, Bytes newBytes) {
    return new Provenance(
        asked,
        route,
        epoch,
        collection,
        asOf,
        behindAtMost,
        satisfied,
        waited,
        newRequests,
        newBytes,
        why,
        alarm);
  }

  /** The same of an answer that is not what was asked for. */
  Provenance notSatisfied(String because) {
    return with(false, waited, because);
  }

  private Provenance with(boolean newSatisfied, Duration newWaited, String newWhy) {
    return new Provenance(
        asked,
        route,
        epoch,
        collection,
        asOf,
        behindAtMost,
        newSatisfied,
        newWaited,
        requests,
        bytes,
        newWhy,
        alarm);
  }

  /** One line of {@code key=value} pairs. */
  @Override
  public String toString() {
    return "asked="
        + asked
        + " route="
        + route
        + " asOf="
        + collection
        + "@"
        + asOf
        + " epoch="
        + epoch
        + " behindAtMost="
        + behindAtMost.map(behind -> behind.toMillis() + "ms").orElse("unknown")
        + (satisfied ? "" : " satisfied=false")
        + " waited="
        + waited.toMillis()
        + "ms requests="
        + requests
        + " bytes="
        + bytes.body()
        + " why=\""
        + why
        + "\""
        + (alarm.isEmpty() ? "" : " alarm=\"" + alarm + "\"");
  }
}
