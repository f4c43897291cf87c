package dev.freshet.trials.levels;

import dev.freshet.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The newest {@value #MAX_TOKENS} tokens that one process knows, its own and others'. Thread-safe.
 */
final class NamedTokens {
  private static final int MAX_TOKENS = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Named> tokens = new ArrayDeque<>();

  /** A token under the name by which the judge knows it. */
  record Named(String name, Token token) {}

  void add(Named token) {
    lock.lock();
    try {
      if (tokens.size() == MAX_TOKENS) {
        tokens.removeFirst();
      }
      tokens.addLast(token);
    } finally {
      lock.unlock();
    }
  }

  /** Any of them, half of the times one of the newest four. */
  Optional<Named> any(RandomGenerator random) {
    lock.lock();
    try {
      List<Named> all = List.copyOf(tokens);
      if (all.isEmpty()) {
        return Optional.empty();
      }
      int among = random.nextBoolean() ? Math.min(4, all.size()) : all.size();
      return Optional.of(all.get(all.size() - 1 - random.nextInt(among)));
    } finally {
      lock.unlock();
    }
  }
}
