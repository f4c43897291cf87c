package dev.freshet.trials.fault;

import java.time.Duration;
import java.util.Random;

/**
 * Every connection ends after some bytes, within a TLS handshake, a frame or an object; how many at
 * most differs from time to time, from too few for any answer to enough for a list.
 */
final class ConnectionsCut implements Fault {
  private static final int[] MAX_BYTES = {10_000, 100_000, 1_000_000, 4_000_000};
  private static final Duration AT_LEAST = Duration.ofSeconds(3);
  private static final Duration AT_MOST = Duration.ofSeconds(6);

  @Override
  public void strike(Ground ground) throws InterruptedException {
    int maxBytes = MAX_BYTES[ground.random().nextInt(MAX_BYTES.length)];
    // The proxy's threads draw from it, so it must not be ours.
    ground.toServer().cutAfter(new Random(ground.random().nextLong()), maxBytes);
    try {
      ground.dwell(AT_LEAST, AT_MOST);
    } finally {
      // A connection that has lived until now was not cut: each is to be, at least once.
      ground.toServer().cutAll();
      ground.toServer().resume();
    }
  }
}
