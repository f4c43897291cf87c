package dev.freshet.load;

import java.time.Duration;

/**
 * How the API server does, as this client's own requests have met it since it was opened.
 *
 * @param answered requests that it carried out, or said why not
 * @param refused that it had no room for: 429, or 503 with a time to come again
 * @param failed that it was in trouble with (5xx)
 * @param unanswered that brought no answer: refused or broken connections, time that was up
 * @param latency until the headers of an answer are here, lately; zero before the first answer
 * @param inFlight requests of ours that are under way
 * @param room how many of ours it takes at a time, as found by trying
 * @param pause how long it wants to be left alone from now; zero if it does not
 */
public record ServerSigns(
    long answered,
    long refused,
    long failed,
    long unanswered,
    Duration latency,
    int inFlight,
    int room,
    Duration pause) {}
