package dev.freshet.saved;

import dev.freshet.time.TimeSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory in which the caches of one process at a time are saved, readable for its user alone.
 * It is made and taken when first needed, and again tried to be taken each time while another
 * process has it. What is wrong with it is logged once, until something could be saved.
 * Thread-safe.
 */
public final class SavedDirectory implements AutoCloseable {

  /** What is older is of no use, since no API server remembers changes for so long. */
  public static final Duration OLDEST = Duration.ofHours(24);

  static final String STATE = ".freshet";
  static final String UNFINISHED = ".freshet-unfinished";
  private static final String LOCK = "freshet.lock";

  /** Enough of a digest to tell scopes apart. */
  private static final int NAME_BYTES = 16;

  /**
   * Those that this process has. The kernel's locks do not hold within a process, and one that is
   * closed takes all others of the same file with it.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private static final Logger LOG = LoggerFactory.getLogger(SavedDirectory.class);

  private final Path path;
  private final TimeSource time;
  private final ReentrantLock guard = new ReentrantLock();
  private @Nullable Taken taken;
  private boolean closed;
  private volatile boolean warned;

  /** The directory as it is now, and the lock on it. */
  private record Taken(Path real, FileChannel lock) {}

  public SavedDirectory(Path path, TimeSource time) {
    this.path = path;
    this.time = time;
  }

  Path path() {
    return path;
  }

  /** The file of a stream; the same for the same scope, whatever the cluster. */
  public SavedFile file(String scope) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(scope.getBytes(StandardCharsets.UTF_8));
      return new SavedFile(this, scope, HexFormat.of().formatHex(digest, 0, NAME_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Why nothing may be written here now; empty if it may. Takes the directory if nobody has it. */
  Optional<String> whyNotOurs() {
    guard.lock();
    try {
      if (closed) {
        return Optional.of("the cluster is closed");
      }
      if (taken == null) {
        make();
        taken = take(path.toRealPath());
        cleanUp();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(failed(e));
    } finally {
      guard.unlock();
    }
  }

  private Taken take(Path real) throws IOException {
    if (!TAKEN.add(real)) {
      throw foreign();
    }
    FileChannel opened = null;
    try {
      opened =
          FileChannel.open(
              real.resolve(LOCK),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              onlyForUs());
      if (opened.tryLock() == null) {
        throw foreign();
      }
      return new Taken(real, opened);
    } catch (IOException e) {
      if (opened != null) {
        opened.close();
      }
      TAKEN.remove(real);
      throw e;
    }
  }

  private static IOException foreign() {
    return new IOException("another one saves there; name a directory for each");
  }

  private void make() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, permissions("rwx------"));
      return;
    }
    if (hasPermissions()) {
      Set<PosixFilePermission> given = Files.getPosixFilePermissions(path);
      if (given.contains(PosixFilePermission.GROUP_WRITE)
          || given.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException(
            "others may write there; name a directory below it, which is then made for this user"
                + " alone");
      }
    }
  }

  /** Deletes what others have left here that nobody will use. */
  private void cleanUp() throws IOException {
    long oldest = time.wallMillis() - OLDEST.toMillis();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path, "*{" + STATE + "," + UNFINISHED + "}")) {
      for (Path file : files) {
        if (file.toString().endsWith(UNFINISHED)
            || Files.getLastModifiedTime(file).toMillis() < oldest) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** What makes a new file readable for its user alone. */
  FileAttribute<?>[] onlyForUs() {
    return permissions("rw-------");
  }

  private FileAttribute<?>[] permissions(String text) {
    return hasPermissions()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  private boolean hasPermissions() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Something could not be written; in words, what. */
  String failed(IOException failure) {
    boolean isOurs = failure.getClass() == IOException.class;
    String why = isOurs ? String.valueOf(failure.getMessage()) : failure.toString();
    if (!warned) {
      warned = true;
      LOG.warn(
          "Caches are not saved in {}, so the next start will list them: {}. Freshet goes on"
              + " without, and tries again now and then.",
          path,
          why);
    }
    return why;
  }

  /** Something was written. */
  void works() {
    warned = false;
  }

  /** Lets another process have it; nothing is written any more. Idempotent. */
  @Override
  public void close() {
    guard.lock();
    try {
      closed = true;
      Taken held = taken;
      taken = null;
      if (held != null) {
        held.lock.close();
        TAKEN.remove(held.real);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be let go: {}", path, e.toString());
    } finally {
      guard.unlock();
    }
  }
}
