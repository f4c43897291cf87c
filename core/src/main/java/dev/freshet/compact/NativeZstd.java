package dev.freshet.compact;

import com.github.luben.zstd.util.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether zstd's native library can be had here: it is unpacked into the temporary directory. */
final class NativeZstd {

  private static final Logger LOG = LoggerFactory.getLogger(NativeZstd.class);

  private NativeZstd() {}

  /** Whether it can; where it cannot, that is logged once. Cheap after the first call. */
  static boolean isAvailable() {
    return Loaded.AVAILABLE;
  }

  /** Loads it on first use. */
  private static final class Loaded {
    static final boolean AVAILABLE = load();

    private static boolean load() {
      try {
        Native.load();
        return true;
      } catch (LinkageError | RuntimeException e) {
        LOG.warn(
            "Objects are kept uncompressed, at several times the memory, since zstd's native"
                + " library cannot be loaded: {}. Let this process write and run files in its"
                + " temporary directory (-Djava.io.tmpdir), or name another one with"
                + " -DZstdTempFolder.",
            e.toString());
        return false;
      }
    }
  }
}
