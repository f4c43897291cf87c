package dev.freshet.webhook.reserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Who is decided with whom. */
class TurnsTest {

  private final Turns<One> turns = new Turns<>();
  private final BlockingQueue<List<One>> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<CountDownLatch> ends = new LinkedBlockingQueue<>();

  /** One that waits. */
  private static final class One implements Turns.Waiting {
    private volatile boolean decided;

    @Override
    public boolean isDecided() {
      return decided;
    }
  }

  /** Starts a thread that wants to be decided; the decision lasts until the test lets it end. */
  private Thread begin(One one) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                turns.decide(one, this::decide);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void decide(List<One> together) throws InterruptedException {
    begun.add(List.copyOf(together));
    ends.take().await();
    together.forEach(one -> one.decided = true);
  }

  private void letOneEnd() {
    var end = new CountDownLatch(0);
    ends.add(end);
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoComesDuringADecisionIsDecidedWithAllOthersWhoDo() throws Exception {
    var first = new One();
    Thread leader = begin(first);
    assertThat(begun.take()).containsExactly(first);
    List<One> others = List.of(new One(), new One(), new One());
    List<Thread> threads = new ArrayList<>();
    for (One other : others) {
      threads.add(begin(other));
    }
    threads.forEach(TurnsTest::awaitWaiting);
    letOneEnd();
    assertThat(begun.take()).containsExactlyInAnyOrderElementsOf(others);
    letOneEnd();
    leader.join();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(begun).isEmpty();
    assertThat(others).allMatch(One::isDecided);
  }

  @Test
  void whoseTimeIsOverBeforeItsDecisionBeginsIsNotDecided() throws Exception {
    begin(new One());
    begun.take();
    var gone = new One();
    var stays = new One();
    Thread interrupted = begin(gone);
    Thread other = begin(stays);
    awaitWaiting(interrupted);
    awaitWaiting(other);
    interrupted.interrupt();
    interrupted.join();
    letOneEnd();
    assertThat(begun.take()).containsExactly(stays);
    letOneEnd();
    other.join();
    assertThat(gone.isDecided()).isFalse();
  }

  @Test
  void ifWhoeverDecidesForAllFailsTheOthersDecideThemselves() throws Exception {
    begin(new One());
    begun.take();
    var leads = new One();
    var follows = new One();
    Thread leader = begin(leads);
    awaitWaiting(leader);
    Thread follower = begin(follows);
    awaitWaiting(follower);
    letOneEnd();
    assertThat(begun.take()).containsExactly(leads, follows);
    leader.interrupt();
    leader.join();
    assertThat(begun.take()).containsExactly(follows);
    letOneEnd();
    follower.join();
    assertThat(follows.isDecided()).isTrue();
    assertThat(leads.isDecided()).isFalse();
  }
}
