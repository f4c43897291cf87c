package dev.freshet.trials.fault;

import java.time.Duration;

/**
 * The API server of the cache loses etcd, with resets or with silence, while the other one goes on.
 * Half of the times the cache is led to the other one, which is ahead, and back to the one behind
 * before that has etcd again: it must not follow it into the past.
 */
final class ServerCutOff implements Fault {
  private static final Duration AT_LEAST = Duration.ofSeconds(1);
  private static final Duration AT_MOST = Duration.ofSeconds(4);

  @Override
  public void strike(Ground ground) throws InterruptedException {
    boolean silent = ground.random().nextBoolean();
    if (silent) {
      ground.toEtcd().hold();
    } else {
      ground.toEtcd().refuse();
      ground.toEtcd().cutAll();
    }
    ground.dwell(AT_LEAST, AT_MOST);
    if (ground.random().nextBoolean()) {
      lead(ground, Ground.FAR);
      ground.dwell(AT_LEAST, AT_MOST);
      lead(ground, Ground.NEAR);
      ground.dwell(AT_LEAST, AT_MOST);
    }
    ground.toEtcd().resume();
    ground.toEtcd().accept();
  }

  private static void lead(Ground ground, int server) {
    ground.toServer().forwardTo(ground.plane().server(server).uri());
    ground.toServer().cutAll();
  }
}
