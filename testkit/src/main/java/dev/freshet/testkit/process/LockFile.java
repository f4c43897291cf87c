package dev.freshet.testkit.process;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock that one process holds at a time, and one thread of it; the kernel releases it when its
 * holder dies. The file stays, for its removal would race with the next holder.
 */
public final class LockFile {
  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until {@code file} can be locked, at most {@code within}.
   *
   * @param holder who may hold it, for messages
   * @param whileHeld called about 50 times a second while another holds it
   * @return nothing when the time is over
   */
  public static Optional<LockFile> acquire(
      Path file, String holder, Duration within, Runnable whileHeld) {
    FileChannel channel = open(file);
    boolean locked = false;
    try {
      locked =
          Poll.until(
              holder,
              within,
              () -> {
                boolean mine = tryLock(channel, file);
                if (!mine) {
                  whileHeld.run();
                }
                return mine;
              });
      return locked ? Optional.of(new LockFile(channel)) : Optional.empty();
    } finally {
      if (!locked) {
        close(channel);
      }
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new TestkitException("Cannot write " + file + ".", e);
    }
  }

  private static boolean tryLock(FileChannel channel, Path file) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    } catch (IOException e) {
      throw new TestkitException("Cannot lock " + file + ".", e);
    }
  }

  /** Releases the lock. */
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new TestkitException("Cannot release a lock.", e);
    }
  }
}
