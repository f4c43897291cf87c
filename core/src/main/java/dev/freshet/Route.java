package dev.freshet;

import java.util.Locale;

/** The way an answer was obtained. Spelled in lower case wherever a person sees it. */
public enum Route {
  /** From this process's cache, without a request. */
  CACHED,
  /** By a consistent list from the API server. */
  DIRECT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
