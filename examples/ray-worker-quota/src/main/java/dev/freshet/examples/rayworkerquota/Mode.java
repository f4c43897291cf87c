package dev.freshet.examples.rayworkerquota;

/** How the quota is kept. */
public enum Mode {
  /** By the cache as it is: two reviews in a row can see different lists. Admits too many. */
  CACHED,
  /** By a list from the API server for each review: two at once both see "9 of 10". */
  DIRECT,
  /** By reservations beside a strong view: never admits too many. */
  RESERVED
}
