package dev.freshet.webhook.reserve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Claims of one process. */
final class MemoryClaims implements Claims {

  private final AtomicLong versions = new AtomicLong();

  /** By bucket, of which there are few. */
  private final Map<String, Claim> claims = new ConcurrentHashMap<>();

  @Override
  public Claim read(String bucket) {
    return claims.getOrDefault(bucket, Claim.NOTHING);
  }

  @Override
  public boolean swap(String bucket, Claim read, List<Claim.Reservation> reservations) {
    Claim next = new Claim(Long.toString(versions.incrementAndGet()), reservations);
    return read.version().equals(Claim.NONE)
        ? claims.putIfAbsent(bucket, next) == null
        : claims.replace(bucket, read, next);
  }
}
