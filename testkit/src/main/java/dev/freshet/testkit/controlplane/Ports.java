package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Free ports on loopback, below the range from which systems take the ports of outgoing
 * connections. Within that range a stopped server's port could be taken before its restart, even by
 * a client that tries to reach it and so connects to itself.
 */
final class Ports {
  private static final int LOWEST = 15_000;
  private static final int BEYOND_HIGHEST = 32_000;
  private static final int MAX_TRIES = 1_000;

  private Ports() {}

  /** So many different ports that were free a moment ago; the caller retries on a clash. */
  static List<Integer> free(int count, RandomGenerator random) {
    Set<Integer> found = new LinkedHashSet<>();
    for (int tries = 0; tries < MAX_TRIES && found.size() < count; tries++) {
      int port = random.nextInt(LOWEST, BEYOND_HIGHEST);
      if (isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new TestkitException(
          "Found no %d free ports on 127.0.0.1 between %d and %d in %d tries. Close what listens there."
              .formatted(count, LOWEST, BEYOND_HIGHEST - 1, MAX_TRIES));
    }
    return List.copyOf(found);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
