package dev.freshet.trials.writes;

/**
 * {@code ./build writes [COUNT]}: so many creates with each client while connections break. Exits
 * with 1 if anything was created twice, or was reported as failed and is there, or as committed and
 * is not.
 */
public final class WritesCommand {
  private static final int CREATES = 10_000;
  private static final int TOLD_EVERY = 1_000;
  private static final long SEED = 7;

  private WritesCommand() {}

  public static void main(String[] args) throws InterruptedException {
    int count = args.length == 0 ? CREATES : Integer.parseInt(args[0]);
    boolean good = true;
    for (WritingClient client : WritingClient.values()) {
      WritesResult result =
          WritesTrial.run(
              count,
              SEED,
              client,
              done -> {
                if (done % TOLD_EVERY == 0) {
                  System.out.printf("%s: %,d of %,d creates%n", client, done, count);
                }
              });
      System.out.println();
      System.out.print(result.table());
      result.problems().forEach(System.out::println);
      good &= result.problems().isEmpty();
    }
    System.exit(good ? 0 : 1);
  }
}
