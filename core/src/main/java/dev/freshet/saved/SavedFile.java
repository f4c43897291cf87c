package dev.freshet.saved;

import dev.freshet.store.Snapshot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one stream holds, in a file that is there whole or not at all: written beside, then put in
 * its place. Failures are logged and cost nothing but the file. Blocks the calling thread; reading
 * goes beside anything, the rest is for one thread at a time.
 */
public final class SavedFile {

  /** Longer ones are not written: 300,000 Pods take a third of this. */
  static final long MAX_BYTES = 1L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(SavedFile.class);

  private final SavedDirectory directory;
  private final String scope;
  private final Path file;
  private final Path beside;

  /**
   * @param scope what the stream holds, and how; a file of another is not used
   * @param name of the file
   */
  SavedFile(SavedDirectory directory, String scope, String name) {
    this.directory = directory;
    this.scope = scope;
    this.file = directory.path().resolve(name + SavedDirectory.STATE);
    this.beside = directory.path().resolve(name + SavedDirectory.UNFINISHED);
  }

  /** What came of an attempt to save. */
  public sealed interface Outcome {

    /** It was saved, in so many bytes. */
    record Saved(long bytes) implements Outcome {}

    /** It was not; in words, why. */
    record Failed(String why) implements Outcome {}
  }

  /** Whether there is anything to load. */
  public boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** What was saved; empty if that is nothing, or cannot be used. */
  public Optional<SavedState> load() {
    try (FileChannel open =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      FileHead.verify(open);
      return Optional.of(new StateReader(new StateInput(open)).read(scope));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UnusableStateException e) {
      refuse(e.why());
      return Optional.empty();
    } catch (RuntimeException e) {
      // Made up by somebody, checksum included: no reason to stop, and none to try it again.
      refuse("it cannot be understood: " + e);
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so its cache is listed: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /** It is not to be used, now or later. */
  public void refuse(String why) {
    LOG.warn("{} is not used, and its cache is listed: {}", file, why);
    discard();
  }

  /**
   * Puts this in its place.
   *
   * @param provenMillis since 1970: everything committed before is in it
   */
  public Outcome save(String cluster, Snapshot held, long provenMillis) {
    Optional<String> foreign = directory.whyNotOurs();
    if (foreign.isPresent()) {
      return new Outcome.Failed(foreign.get());
    }
    try {
      long bytes = write(cluster, held, provenMillis);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      directory.works();
      return new Outcome.Saved(bytes);
    } catch (IOException e) {
      delete(beside);
      return new Outcome.Failed(directory.failed(e));
    }
  }

  private long write(String cluster, Snapshot held, long provenMillis) throws IOException {
    Files.deleteIfExists(beside);
    try (FileChannel open =
        FileChannel.open(
            beside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            directory.onlyForUs())) {
      open.position(FileHead.BYTES);
      StateOutput out = new StateOutput(open, MAX_BYTES);
      new StateWriter(out).write(cluster, scope, held, provenMillis);
      int checksum = out.end();
      new FileHead(open.size(), checksum).write(open);
      open.force(true);
      return open.size();
    }
  }

  /** What is saved is of no use any more. */
  public void discard() {
    if (exists() && directory.whyNotOurs().isEmpty()) {
      delete(file);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted: {}", path, e.toString());
    }
  }
}
