package dev.freshet.load;

import java.time.Duration;

/**
 * What one caller has used, since the client was opened.
 *
 * @param caller its name
 * @param budget what it may use
 * @param priority how it stands to others
 * @param inFlight requests of it that are under way
 * @param waiting requests of it that wait to be allowed
 * @param requests sent
 * @param bytes of answers, as they travelled
 * @param retries how many of the requests were sent again, since the server had no room for them
 * @param waited how long its requests have waited, all together
 * @param overBudget requests that were not allowed before their deadline, and not sent
 * @param refused requests that the server had no room for
 */
public record BudgetUse(
    String caller,
    Budget budget,
    Priority priority,
    int inFlight,
    int waiting,
    long requests,
    long bytes,
    long retries,
    Duration waited,
    long overBudget,
    long refused) {}
