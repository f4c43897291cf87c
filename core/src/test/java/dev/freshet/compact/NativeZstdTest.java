package dev.freshet.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, since a library is loaded once for all. */
class NativeZstdTest {

  @TempDir private Path directory;

  @Test
  void withoutTheLibraryObjectsStayAsTheyAreAndThatIsSaidOnce() throws Exception {
    String said = run("-DZstdTempFolder=" + directory.resolve("not-there"));
    assertThat(said).contains("packed 0 of 3000").containsOnlyOnce("cannot be loaded");
  }

  @Test
  void withItTheyArePacked() throws Exception {
    assertThat(run("-Xshare:auto"))
        .contains("packed 3000 of 3000")
        .doesNotContain("cannot be loaded");
  }

  private static String run(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    option,
                    "-cp",
                    System.getProperty("java.class.path"),
                    PackingProgram.class.getName()))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Packs twice what can be packed, and says how much that was. */
  static final class PackingProgram {
    private PackingProgram() {}

    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        var objects = Alike.objects(3_000, 1);
        Packer packer = Packer.packing();
        packer.learn(objects);
        objects.forEach(packer::pack);
        long packed =
            objects.stream().filter(object -> object.body().heldBytes() < Alike.BYTES / 2).count();
        System.out.println("packed " + packed + " of " + objects.size());
      }
    }
  }
}
