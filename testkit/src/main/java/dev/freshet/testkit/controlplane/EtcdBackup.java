package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What etcd held at one moment, to be put back by {@link ControlPlane#restoreEtcd}, as often as
 * wanted. It lies in the control plane's directory and goes with it.
 */
public final class EtcdBackup {
  private final Path copy;

  private EtcdBackup(Path copy) {
    this.copy = copy;
  }

  /**
   * Copies the data of an etcd that does not run or is stopped: as they would be after a kill, from
   * which etcd recovers.
   */
  static EtcdBackup of(Path data, Path copy) {
    copyTree(data, copy);
    return new EtcdBackup(copy);
  }

  /** Puts the copy in the place of the data of an etcd that does not run. */
  void restoreTo(Path data) {
    try {
      Directories.remove(data);
    } catch (IOException e) {
      throw new TestkitException("Cannot remove etcd's data in " + data + ".", e);
    }
    copyTree(copy, data);
  }

  private static void copyTree(Path from, Path to) {
    try (var walk = Files.walk(from)) {
      List<Path> paths = walk.toList();
      for (Path path : paths) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    } catch (IOException e) {
      throw new TestkitException("Cannot copy etcd's data from " + from + " to " + to + ".", e);
    }
  }
}
