package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * A read from a cache that has not had its first complete list: unknown is never answered as empty.
 */
public final class CacheNotSyncedException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public CacheNotSyncedException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public CacheNotSyncedException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
