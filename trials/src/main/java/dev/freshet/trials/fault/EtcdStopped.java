package dev.freshet.trials.fault;

import java.time.Duration;

/** No write and no consistent read; watches stay open. Killed half of the times. */
final class EtcdStopped implements Fault {
  private static final Duration DOWN_AT_LEAST = Duration.ofMillis(500);
  private static final Duration DOWN_AT_MOST = Duration.ofSeconds(5);

  @Override
  public void strike(Ground ground) throws InterruptedException {
    var etcd = ground.plane().etcd();
    if (ground.random().nextBoolean()) {
      etcd.kill();
    } else {
      etcd.stop();
    }
    ground.dwell(DOWN_AT_LEAST, DOWN_AT_MOST);
    etcd.start();
  }
}
