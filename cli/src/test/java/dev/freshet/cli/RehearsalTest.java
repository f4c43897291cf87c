package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void everyLineEndsAsItDoesAtAServer() throws Exception {
    try (var server = RehearsalServer.start()) {
      assertThat(Rehearsal.play(server)).isEmpty();
    }
  }
}
