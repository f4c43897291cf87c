package dev.freshet.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SystemTimeTest {

  // The JDK's HTTP client completes its answers on the common pool.
  @Test
  void whoWaitsOnTheOnlyThreadOfAPoolLetsAnotherTakeItsPlace() throws Exception {
    try (var pool = new ForkJoinPool(1)) {
      CountDownLatch waiting = new CountDownLatch(1);
      CountDownLatch answered = new CountDownLatch(1);
      var waiter =
          pool.submit(
              () -> {
                waiting.countDown();
                return TimeSource.system().await(answered, Duration.ofMinutes(2));
              });
      waiting.await();
      pool.execute(answered::countDown);
      assertThat(waiter.get()).isTrue();
    }
  }

  @Test
  void aWaitThatIsOverIsOver() throws Exception {
    assertThat(TimeSource.system().await(new CountDownLatch(1), Duration.ZERO)).isFalse();
    assertThat(TimeSource.system().await(new CountDownLatch(0), Duration.ZERO)).isTrue();
  }
}
