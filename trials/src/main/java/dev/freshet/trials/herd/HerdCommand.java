package dev.freshet.trials.herd;

import dev.freshet.testkit.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./build herd [CLIENTS] [-o json]}: so many Freshets, and after them so many fabric8
 * informers, meet an API server that is killed and whose place another takes, and one that is
 * killed and started again. Exits with 1 if any client was not synced again.
 */
public final class HerdCommand {
  private static final int CLIENTS = 200;

  /** Each client may have four connections, and the balancer takes 1,024. */
  private static final int MOST_CLIENTS = 250;

  private static final int PODS = 500;

  /** Comparisons after an outage, and what comes of refusals, are to be seen as well. */
  private static final Duration AFTER = Duration.ofSeconds(15);

  private static final Path DIRECTORY = Path.of("trials", "target", "herd");
  private static final String USAGE =
      """
      Usage: ./build herd [CLIENTS] [-o json]

      So many Freshets (200 unless said, 250 at most), and then so many fabric8
      informers, meet an API server that is killed. Shows their lists by the API
      server's own account.

        -o json   the same as JSON

      Examples: ./build herd
                ./build herd 50 -o json
      """;

  private HerdCommand() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(args));
    boolean json = takeJson(arguments);
    int clients = arguments.isEmpty() ? CLIENTS : clients(arguments);
    List<HerdOutcome> outcomes = new ArrayList<>();
    Progress progress = Progress.printing(System.err);
    try (var trial = new HerdTrial(DIRECTORY, PODS, AFTER, progress)) {
      for (HerdKind kind : HerdKind.values()) {
        outcomes.addAll(trial.run(kind, clients));
      }
    }
    System.out.print(
        json
            ? JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(outcomes)
                + "\n"
            : HerdTable.of(outcomes));
    System.exit(outcomes.stream().allMatch(outcome -> outcome.synced(100).isPresent()) ? 0 : 1);
  }

  private static boolean takeJson(List<String> arguments) {
    int option = arguments.indexOf("-o");
    if (option < 0) {
      return false;
    }
    arguments.remove(option);
    if (option == arguments.size() || !arguments.remove(option).equals("json")) {
      endWithUsage();
    }
    return true;
  }

  private static int clients(List<String> arguments) {
    if (arguments.size() == 1 && arguments.getFirst().matches("\\d{1,3}")) {
      int clients = Integer.parseInt(arguments.getFirst());
      if (clients >= 1 && clients <= MOST_CLIENTS) {
        return clients;
      }
    }
    endWithUsage();
    return CLIENTS;
  }

  private static void endWithUsage() {
    System.err.print(USAGE);
    System.exit(2);
  }
}
