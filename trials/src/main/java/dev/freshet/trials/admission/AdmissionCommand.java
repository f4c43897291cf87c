package dev.freshet.trials.admission;

import dev.freshet.examples.rayworkerquota.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./build admission [CREATES]}: a quota of 100 in each of 20 groups by a webhook in two
 * processes, one of which is killed half-way: by the cache, by a list for each review, and by
 * reservations. About a quarter of an hour. Exits with 1 if reservations were ever broken, or kept
 * out what they should have let in.
 */
public final class AdmissionCommand {
  private static final int CREATES = 10_000;
  private static final int WRITERS = 50;
  private static final int GROUPS = 20;
  private static final int QUOTA = 100;
  private static final Path DIRECTORY = Path.of("trials", "target", "admission");

  private AdmissionCommand() {}

  public static void main(String[] args) throws Exception {
    int creates = args.length == 0 ? CREATES : Integer.parseInt(args[0]);
    int quota = Math.max(1, QUOTA * creates / CREATES);
    List<AdmissionResult> results = new ArrayList<>();
    for (Mode way : List.of(Mode.RESERVED, Mode.DIRECT, Mode.CACHED)) {
      var trial =
          new AdmissionTrial(way, creates, WRITERS, GROUPS, quota, DIRECTORY.resolve(way.name()));
      results.add(trial.run(System.out::println));
      System.out.println();
      System.out.print(AdmissionResult.header());
      results.forEach(System.out::print);
    }
    System.exit(results.getFirst().ok() ? 0 : 1);
  }
}
