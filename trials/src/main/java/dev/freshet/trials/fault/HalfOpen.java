package dev.freshet.trials.fault;

/**
 * What is sent on the present connections gets lost from now on, and nothing ever says so. New
 * connections work, so this is mended as soon as it is broken; the rest is up to the client.
 */
final class HalfOpen implements Fault {
  @Override
  public void strike(Ground ground) {
    ground.toServer().holdOpenConnections();
  }
}
