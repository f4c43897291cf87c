package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.history.HistoryFile;
import dev.freshet.trials.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./build informer [READS] [--calm]}: reads Freshet's cache and fabric8's informer side by
 * side and has both judged. {@code --calm} breaks nothing. Exits with 1 if anything is wrong with
 * Freshet's; of the informer's it is told only.
 */
public final class InformerCommand {
  private static final long READS = 200_000;
  private static final long SEED = 8;
  private static final Path DIRECTORY = Path.of("trials", "target", "informer");

  private InformerCommand() {}

  public static void main(String[] args) throws InterruptedException, IOException {
    List<String> arguments = List.of(args);
    long wanted =
        arguments.stream()
            .filter(argument -> !argument.startsWith("--"))
            .findFirst()
            .map(Long::parseLong)
            .orElse(READS);
    var recorded =
        new Run(Clientele.CACHES, SEED, wanted, System.out::println, DIRECTORY)
            .record(!arguments.contains("--calm"));
    var freshet = CacheVerdict.of("Freshet", Stage.PODS, recorded.history(), recorded.log());
    var informer =
        CacheVerdict.of(
            "fabric8 informer", BothCaches.INFORMER, recorded.history(), recorded.log());
    HistoryFile.write(DIRECTORY.resolve("all.jsonl.gz"), recorded.log(), recorded.history());
    Files.write(
        DIRECTORY.resolve("informer.json"),
        JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(List.of(freshet, informer)));
    System.out.println();
    System.out.print(table(List.of(freshet, informer)));
    if (!informer.example().isEmpty()) {
      System.out.println("\n" + informer.example());
    }
    if (!recorded.defects().isEmpty()) {
      throw new TestkitException("Not as it should be: " + recorded.defects());
    }
    System.exit(freshet.torn() + freshet.back() + freshet.future() > 0 ? 1 : 0);
  }

  private static String table(List<CacheVerdict> verdicts) {
    var text =
        new StringBuilder(
            """
            | cache | answers | torn | back in time | from the future | behind what was known | by more than 1 s |
            |---|---:|---:|---:|---:|---:|---:|
            """);
    for (CacheVerdict v : verdicts) {
      text.append(
          "| %s | %,d | %,d | %,d | %,d | %,d | %,d |%n"
              .formatted(
                  v.contender(),
                  v.answers(),
                  v.torn(),
                  v.back(),
                  v.future(),
                  v.stale(),
                  v.secondsStale()));
    }
    return text.toString();
  }
}
