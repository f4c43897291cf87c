package dev.freshet;

import java.util.Locale;

/** The way an answer was obtained. Spelled in lower case wherever a person sees it. */
public enum Route {
  /** From this process's cache, without a request. */
  CACHED,
  /** By a consistent list from the API server. */
  DIRECT,
  /** From the cache, after a probe and an event. See {@link Fence#PROBE}. */
  PROBE,
  /** From the cache, after a probe and a bookmark. See {@link Fence#BOOKMARK}. */
  BOOKMARK,
  /** From the cache, after a touch and its event. See {@link Fence#TOUCH}. */
  TOUCH,
  /** From a past snapshot that this process still holds, without a request. */
  SNAPSHOT,
  /** By a list from the API server at exactly one version. */
  EXACT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
