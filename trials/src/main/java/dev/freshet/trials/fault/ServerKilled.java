package dev.freshet.trials.fault;

import java.time.Duration;

/** Connections end with a reset, and the new process knows no history. */
final class ServerKilled implements Fault {
  private static final Duration DOWN_AT_LEAST = Duration.ofMillis(200);
  private static final Duration DOWN_AT_MOST = Duration.ofSeconds(3);

  @Override
  public void strike(Ground ground) throws InterruptedException {
    var server = ground.plane().server(Ground.NEAR);
    server.kill();
    ground.dwell(DOWN_AT_LEAST, DOWN_AT_MOST);
    server.start();
  }
}
