package dev.freshet.cli.top;

import dev.freshet.cli.staleness.Staleness;
import dev.freshet.load.ServerSigns;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalDouble;

/**
 * All that is shown at one moment.
 *
 * @param subject whose callers and caches these are, a sentence
 * @param trouble why they could not be asked now; empty if they could
 * @param own whether they are this command's: a program tells less
 */
public record Look(
    Server server,
    ZonedDateTime time,
    String subject,
    String trouble,
    boolean own,
    List<Kind> kinds,
    List<Caller> callers,
    Met met,
    Inside inside) {

  /**
   * Which API server this is about.
   *
   * @param name of the context; empty if it has none
   * @param version empty if it is not told
   */
  public record Server(String name, String address, String version) {}

  /** One cache, with the reads of its kind. */
  record Kind(Staleness staleness, OptionalDouble reads) {}

  /**
   * One caller; what is counted is a second.
   *
   * @param reads empty if they are not told
   * @param budgetShare the largest part of its budget that it uses; empty if that is not told, or
   *     not limited
   */
  record Caller(
      String name,
      OptionalDouble reads,
      OptionalDouble requests,
      OptionalDouble bytes,
      int inFlight,
      int waiting,
      OptionalDouble overBudget,
      OptionalDouble refused,
      OptionalDouble budgetShare) {}

  /** The API server as requests have met it; what is counted is a second. */
  record Met(
      ServerSigns signs,
      OptionalDouble answered,
      OptionalDouble refused,
      OptionalDouble failed,
      OptionalDouble unanswered) {}
}
