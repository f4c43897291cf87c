package dev.freshet.trials.fault;

/** Watches end in good order, with GOAWAY, and the new process knows no history. */
final class ServerRestarted implements Fault {
  @Override
  public void strike(Ground ground) {
    var server = ground.plane().server(Ground.NEAR);
    server.stop();
    server.start();
  }
}
