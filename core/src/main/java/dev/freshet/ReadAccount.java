package dev.freshet;

import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.Optional;

/**
 * What the reads of one caller, of one kind, at one level, by one route have cost since the client
 * was opened.
 *
 * @param caller who asked
 * @param kind what was read
 * @param level the name of the level, such as {@code strong}
 * @param route the way that was taken; empty for reads that failed
 * @param reads how many
 * @param objects how many objects they showed, all together
 * @param requests what they cost the server: a request that n reads shared counts 1/n for each
 * @param shared how many of them shared their requests with others
 * @param bytes of their answers, after decompression, shared in the same way
 * @param seats of the server's priority and fairness that they took, as the server estimates them,
 *     summed over requests
 * @param waited how long they waited, all together
 * @param instead what the same reads would have cost the other way; empty if there is none
 */
public record ReadAccount(
    String caller,
    ResourceType kind,
    String level,
    Optional<Route> route,
    long reads,
    long objects,
    double requests,
    long shared,
    long bytes,
    double seats,
    Duration waited,
    Optional<Instead> instead) {

  /**
   * What reads would have cost in another way, about.
   *
   * @param route the other way: {@code DIRECT} for what a cache has answered, the cheapest fence
   *     for what the server has
   * @param requests how many, where reads at the same time share them
   * @param bytes of the answers
   */
  public record Instead(Route route, double requests, long bytes) {}
}
