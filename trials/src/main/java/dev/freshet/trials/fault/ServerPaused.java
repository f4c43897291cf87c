package dev.freshet.trials.fault;

import java.time.Duration;

/** Connections stay open and nothing answers: for a moment, or longer than a client may believe. */
final class ServerPaused implements Fault {
  private static final Duration AT_LEAST = Duration.ofSeconds(1);
  private static final Duration AT_MOST = Duration.ofSeconds(14);

  @Override
  public void strike(Ground ground) throws InterruptedException {
    var server = ground.plane().server(Ground.NEAR);
    server.pause();
    try {
      ground.dwell(AT_LEAST, AT_MOST);
    } finally {
      server.resume();
    }
  }
}
