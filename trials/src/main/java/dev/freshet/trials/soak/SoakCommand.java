package dev.freshet.trials.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./build soak [MINUTES]}: leaves its figures in {@code trials/target/soak} and exits with 1
 * if anything grew, or any cache did not come to equal etcd.
 */
public final class SoakCommand {
  private static final int MINUTES = 60;
  private static final long SEED = 60;
  private static final Path DIRECTORY = Path.of("trials", "target", "soak");

  private SoakCommand() {}

  public static void main(String[] args) throws InterruptedException, IOException {
    int minutes = args.length == 0 ? MINUTES : Integer.parseInt(args[0]);
    SoakResult result =
        Soak.run(
            Duration.ofMinutes(minutes),
            SEED,
            s ->
                System.out.printf(
                    "%.1f of %d min: heap %,d bytes, %d and %d threads, %d sockets, %d other descriptors, %d faults%n",
                    s.atSeconds() / 60,
                    minutes,
                    s.heapBytes(),
                    s.platformThreads(),
                    s.virtualThreads(),
                    s.sockets(),
                    s.descriptors(),
                    s.faults()));
    Files.createDirectories(DIRECTORY);
    Files.write(
        DIRECTORY.resolve("soak.json"),
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
    Files.writeString(DIRECTORY.resolve("soak.md"), result.tables());
    System.out.println();
    System.out.print(result.tables());
    result.problems().forEach(System.out::println);
    System.exit(result.problems().isEmpty() ? 0 : 1);
  }
}
