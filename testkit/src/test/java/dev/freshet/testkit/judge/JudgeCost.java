package dev.freshet.testkit.judge;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Prints how much CPU the judge takes for simulated runs of the sizes given. */
final class JudgeCost {
  private JudgeCost() {}

  public static void main(String[] sizes) {
    for (String size : sizes) {
      Simulation.Run run = Simulation.run(1, Bug.NONE, Integer.parseInt(size.replace("_", "")));
      for (int round = 0; round < 5; round++) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Verdict verdict = Judge.of(run.log()).check(run.history());
        System.out.printf(
            "%,d operations, %,d events: %,d ms of CPU: %s%n",
            run.history().operations().size(),
            run.log().epochs().getFirst().events().size(),
            Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began)
                .toMillis(),
            verdict);
      }
    }
  }
}
