package dev.freshet.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final OfTwoPods contender = new OfTwoPods();

  @Test
  void anOrderIsAnsweredByMeasuresAndItsEnd() throws IOException {
    give("sync\n");

    assertThat(lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("\\{\"measure\":\"first sync\",\"value\":[0-9.]+,\"unit\":\"ms\"}"),
            line -> assertThat(line).isEqualTo("{\"done\":\"sync\"}"));
  }

  @Test
  void anotherCacheIsFilledAfterTheFirstWasLetGo() throws IOException {
    give("sync\nagain\n");

    assertThat(contender.did).containsExactly("fill", "let go", "fill");
  }

  @Test
  void theDigestDoesNotDependOnTheOrderOfPods() throws IOException {
    give("digest\ndigest\n");

    List<String> lines = lines();
    assertThat(lines.getFirst()).startsWith("{\"digest\":\"2:").isEqualTo(lines.get(2));
  }

  @Test
  void aVersionIsSeenWhenItIsToldFirst() throws IOException {
    give("follow\nseen\nfollow\nseen\n");

    List<String> lines = lines();
    assertThat(lines.get(1)).matches("\\{\"seen\":\\{\"7\":[0-9]+}}").isEqualTo(lines.get(4));
  }

  @Test
  void anOrderThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> give("dance\n")).isInstanceOf(IllegalArgumentException.class);
  }

  private void give(String orders) throws IOException {
    new Orders(contender, new PrintStream(said, true, UTF_8))
        .carryOutAll(new BufferedReader(new StringReader(orders)));
  }

  private List<String> lines() {
    return said.toString(UTF_8).lines().toList();
  }

  /** One that has nothing but two Pods, in another order each time. */
  private static final class OfTwoPods implements Contender {
    final List<String> did = new ArrayList<>();
    private List<Held> held = List.of(new Held("a", "x", "1"), new Held("b", "y", "2"));

    @Override
    public void fill() {
      did.add("fill");
    }

    @Override
    public void letGo() {
      did.add("let go");
    }

    @Override
    public Collection<Held> held() {
      held = held.reversed();
      return held;
    }

    @Override
    public List<Way<String>> lists() {
      return List.of();
    }

    @Override
    public List<Way<Held>> gets() {
      return List.of();
    }

    @Override
    public List<Way<Held>> objects() {
      return List.of();
    }

    @Override
    public List<Way<String>> directs() {
      return List.of();
    }

    @Override
    public List<Way<String>> crowds() {
      return List.of();
    }

    @Override
    public void follow(Consumer<String> version) {
      version.accept("7");
    }
  }
}
