package dev.freshet.feed;

import dev.freshet.scripted.Patience;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListTurnsTest {

  private final ListTurns turns = new ListTurns();
  private final List<ListTurns.Turn> taken = new ArrayList<>();
  private final Thread next =
      new Thread(
          () -> {
            try {
              turns.take();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });

  @AfterEach
  void endTheWait() {
    next.interrupt();
  }

  private void takeAll() throws InterruptedException {
    for (int i = 0; i < ListTurns.AT_ONCE; i++) {
      taken.add(turns.take());
    }
  }

  private void awaitNext(Thread.State state) {
    Patience.await(() -> next.getState() == state);
  }

  @Test
  void oneMoreThanMayListAtOnceWaitsForATurnToEnd() throws Exception {
    takeAll();
    next.start();
    awaitNext(Thread.State.WAITING);
    taken.getFirst().close();
    awaitNext(Thread.State.TERMINATED);
  }

  @Test
  void aTurnThatIsEndedTwiceMakesRoomForOne() throws Exception {
    takeAll();
    taken.getFirst().close();
    taken.getFirst().close();
    turns.take();
    next.start();
    awaitNext(Thread.State.WAITING);
  }
}
