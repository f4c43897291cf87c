package dev.freshet.trials.fault;

import dev.freshet.testkit.controlplane.ControlPlane;

/**
 * Acknowledged writes are lost and versions repeat, as after a disaster that an administrator has
 * mended by the book: the API servers are down meanwhile. Writers are left paused: who struck says
 * when the new history goes on.
 */
final class EtcdRestored implements Fault {
  @Override
  public void strike(Ground ground) {
    // There is nothing to write to, and no history in which a write could be judged.
    ground.writers().pause();
    ControlPlane plane = ground.plane();
    plane.server(Ground.NEAR).kill();
    plane.server(Ground.FAR).kill();
    // The new history is looked at before any server tells of it, so nobody is told of an earlier
    // version than its first.
    ground.restoring().accept(() -> plane.restoreEtcd(ground.backup()));
    plane.server(Ground.FAR).start();
    plane.server(Ground.NEAR).start();
  }
}
