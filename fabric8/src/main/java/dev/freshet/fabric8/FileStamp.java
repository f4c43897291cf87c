package dev.freshet.fabric8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What tells one content of a file from the next without reading it.
 *
 * <p>The real path is part of it: the kubelet swaps a directory link ({@code ..data}) under files
 * whose own names, sizes and times may stay the same.
 */
record FileStamp(String realPath, long modifiedNanos, long size, String key) {

  private static final FileStamp ABSENT = new FileStamp("", 0, -1, "");

  static FileStamp of(Path path) {
    try {
      Path real = path.toRealPath();
      BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class);
      return new FileStamp(
          real.toString(),
          now.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
          now.size(),
          String.valueOf(now.fileKey()));
    } catch (IOException e) {
      return ABSENT;
    }
  }

  static Map<Path, FileStamp> of(Collection<Path> paths) {
    var stamps = new HashMap<Path, FileStamp>();
    paths.forEach(path -> stamps.put(path, of(path)));
    return Map.copyOf(stamps);
  }
}
