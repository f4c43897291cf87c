package dev.freshet.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ClosedException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.scripted.Patience;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GatheringTest {

  /** A question that has been sent and waits for its answer. */
  private record Sent(String payer, CompletableFuture<Integer> answer) {}

  private final VirtualTime time = new VirtualTime();
  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private Gathering<Integer> gathering = gathering(Pace.unlimited(time));

  private Gathering<Integer> gathering(Pace pace) {
    return new Gathering<>("a probe", this::ask, pace, time);
  }

  private Integer ask(String payer, Deadline longest) {
    Sent question = new Sent(payer, new CompletableFuture<>());
    sent.add(question);
    try {
      return question.answer().get();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private CompletableFuture<Gathering.Shared<Integer>> join(String caller) {
    var joined = new CompletableFuture<Gathering.Shared<Integer>>();
    Thread.startVirtualThread(
        () -> {
          try {
            joined.complete(gathering.join(caller, Deadline.in(Duration.ofSeconds(5), time)));
          } catch (RuntimeException e) {
            joined.completeExceptionally(e);
          }
        });
    return joined;
  }

  private void awaitReaders(int readers) {
    Patience.await(() -> gathering.gathered() == readers);
  }

  @Test
  void aReaderThatComesFirstIsAskedForAtOnce() throws Exception {
    var reader = join("a");
    sent.take().answer().complete(7);
    assertThat(reader.get()).isEqualTo(new Gathering.Shared<>(7, 1, true));
  }

  @Test
  void aReaderNeverJoinsAQuestionThatHasBeenSent() throws Exception {
    var first = join("a");
    Sent one = sent.take();
    var late = join("b");
    awaitReaders(1);
    one.answer().complete(1);
    assertThat(first.get().answer()).isEqualTo(1);
    sent.take().answer().complete(2);
    assertThat(late.get().answer()).isEqualTo(2);
  }

  @Test
  void everybodyWhoArrivesWhileOneIsUnderWaySharesTheNext() throws Exception {
    var first = join("a");
    Sent one = sent.take();
    List<CompletableFuture<Gathering.Shared<Integer>>> others = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      others.add(join("others"));
    }
    awaitReaders(10);
    one.answer().complete(1);
    sent.take().answer().complete(2);
    for (var other : others) {
      assertThat(other.get().answer()).isEqualTo(2);
      assertThat(other.get().readers()).isEqualTo(10);
    }
    assertThat(first.get().readers()).isEqualTo(1);
    assertThat(sent).isEmpty();
  }

  /** Three readers whose question is sent next. */
  private List<CompletableFuture<Gathering.Shared<Integer>>> three() throws Exception {
    var first = join("first");
    Sent one = sent.take();
    var crowd = List.of(join("a"), join("b"), join("c"));
    awaitReaders(3);
    one.answer().complete(1);
    first.get();
    return crowd;
  }

  /** Three readers share a question that takes 12 ms. */
  private List<CompletableFuture<Gathering.Shared<Integer>>> crowd() throws Exception {
    var crowd = three();
    Sent two = sent.take();
    time.advance(Duration.ofMillis(12));
    two.answer().complete(2);
    return crowd;
  }

  private static void get(List<CompletableFuture<Gathering.Shared<Integer>>> readers)
      throws Exception {
    for (var reader : readers) {
      reader.get();
    }
  }

  private void awaitHeldBack() {
    Patience.await(() -> time.awaited().contains(Duration.ofMillis(3)));
  }

  @Test
  void readersWhoAskAgainShareOneQuestionAgain() throws Exception {
    get(crowd());
    awaitHeldBack();
    var again = List.of(join("a"), join("b"), join("c"));
    sent.take().answer().complete(3);
    for (var reader : again) {
      assertThat(reader.get().readers()).isEqualTo(3);
    }
    assertThat(sent).isEmpty();
  }

  @Test
  void aQuestionIsHeldBackForAQuarterOfTheLastOnesTimeAtMost() throws Exception {
    get(crowd());
    awaitHeldBack();
    var alone = join("a");
    awaitReaders(1);
    assertThat(sent).isEmpty();
    time.advance(Duration.ofMillis(3));
    sent.take().answer().complete(3);
    assertThat(alone.get().readers()).isEqualTo(1);
  }

  @Test
  void aQuestionThatAsManyWaitForIsNotHeldBack() throws Exception {
    var crowd = three();
    Sent two = sent.take();
    var others = List.of(join("d"), join("e"), join("f"));
    awaitReaders(3);
    time.advance(Duration.ofMillis(12));
    two.answer().complete(2);
    get(crowd);
    sent.take().answer().complete(3);
    get(others);
  }

  @Test
  void theReaderThatOpenedTheQuestionPaysForIt() throws Exception {
    var first = join("a");
    Sent one = sent.take();
    var opener = join("opener");
    awaitReaders(1);
    var follower = join("follower");
    awaitReaders(2);
    one.answer().complete(1);
    Sent two = sent.take();
    assertThat(two.payer()).isEqualTo("opener");
    two.answer().complete(2);
    assertThat(opener.get().opened()).isTrue();
    assertThat(follower.get().opened()).isFalse();
    assertThat(first.get().opened()).isTrue();
  }

  @Test
  void aQuestionThatWaitsForItsPaceIsStillJoined() throws Exception {
    gathering = gathering(Pace.perSecond(5, time));
    var first = join("a");
    sent.take().answer().complete(1);
    first.get();
    var second = join("b");
    var third = join("c");
    awaitReaders(2);
    assertThat(sent).isEmpty();
    time.advance(Duration.ofMillis(200));
    sent.take().answer().complete(2);
    assertThat(second.get().readers()).isEqualTo(2);
    assertThat(third.get().answer()).isEqualTo(2);
  }

  @Test
  void aFailureIsThatOfItsOwnReadersOnly() throws Exception {
    var first = join("a");
    Sent one = sent.take();
    var second = join("b");
    awaitReaders(1);
    one.answer().completeExceptionally(new ConnectionException("reset", "Try again."));
    assertThatThrownBy(first::get).hasCauseInstanceOf(ConnectionException.class);
    sent.take().answer().complete(2);
    assertThat(second.get().answer()).isEqualTo(2);
  }

  @Test
  void aReaderWhoseTimeIsUpLeavesTheQuestionToTheOthers() throws Exception {
    var first = join("a");
    Sent one = sent.take();
    time.advance(Duration.ofSeconds(6));
    assertThatThrownBy(first::get).hasCauseInstanceOf(DeadlineException.class);
    var second = join("b");
    awaitReaders(1);
    one.answer().complete(1);
    sent.take().answer().complete(2);
    assertThat(second.get().answer()).isEqualTo(2);
  }

  @Test
  void closingFailsWhoWaitsForAQuestionThatIsNotSent() throws Exception {
    var first = join("a");
    Sent one = sent.take();
    var second = join("b");
    awaitReaders(1);
    gathering.close();
    one.answer().complete(1);
    assertThat(first.get().answer()).isEqualTo(1);
    assertThatThrownBy(second::get).hasCauseInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> gathering.join("c", Deadline.in(Duration.ofSeconds(1), time)))
        .isInstanceOf(ClosedException.class);
  }
}
