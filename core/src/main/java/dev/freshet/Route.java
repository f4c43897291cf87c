package dev.freshet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /** The route that is spelled so; empty if none is. */
  static Optional<Route> named(String name) {
    return Arrays.stream(values()).filter(route -> route.toString().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
