package dev.freshet;

/**
 * What a caller's requests have cost the API server.
 *
 * @param requests sent
 * @param bytes of answers received, as they travelled
 */
public record Spent(long requests, long bytes) {}
