package dev.freshet.cli.measure;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one route has shown. Empty is what was not measured.
 *
 * @param reads how many were measured
 * @param p50Millis half of them took at most this
 * @param p99Millis 99 of 100 took at most this
 * @param bytesPerRead bytes of answers, as they travelled
 * @param requestsPerRead requests to the API server; a shared one counts as its share
 * @param staleAnswers answers that missed a write acknowledged before the read began
 * @param worstStalenessMillis the longest that such a write had been acknowledged; 0 if none
 * @param understatedAnswers answers that claimed to be less behind than they were
 * @param contradictoryAnswers answers that lacked a write which their version includes
 * @param detours answers that came by a list from the server, since the route was in vain
 */
public record RouteResult(
    String route,
    long reads,
    OptionalDouble p50Millis,
    OptionalDouble p99Millis,
    OptionalDouble bytesPerRead,
    OptionalDouble requestsPerRead,
    OptionalLong staleAnswers,
    OptionalDouble worstStalenessMillis,
    long understatedAnswers,
    long contradictoryAnswers,
    long detours) {}
