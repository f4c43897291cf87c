package dev.freshet.trials.fault;

import java.time.Duration;

/**
 * While the cache cannot connect, writes go on, etcd forgets its history and the API server
 * restarts, which empties the one in its memory. That one cannot be overrun by writes alone: it
 * grows to hold 75 s, up to 102,400 events.
 */
final class HistoryOverrun implements Fault {
  private static final Duration WRITES_AT_LEAST = Duration.ofSeconds(1);
  private static final Duration WRITES_AT_MOST = Duration.ofSeconds(3);

  @Override
  public void strike(Ground ground) throws InterruptedException {
    ground.toServer().refuse();
    ground.toServer().cutAll();
    ground.dwell(WRITES_AT_LEAST, WRITES_AT_MOST);
    ground.etcd().compact();
    ground.plane().server(Ground.NEAR).kill();
    ground.plane().server(Ground.NEAR).start();
    ground.toServer().accept();
  }
}
