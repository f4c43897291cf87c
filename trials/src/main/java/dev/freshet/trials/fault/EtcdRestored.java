package dev.freshet.trials.fault;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.EtcdBackup;

/**
 * Acknowledged writes are lost and versions repeat, as after a disaster that an administrator has
 * mended by the book: the API servers are down meanwhile.
 */
final class EtcdRestored implements Fault {
  @Override
  public void strike(Ground ground) {
    // There is nothing to write to, and no history in which a write could be judged.
    ground.writers().pause();
    ground.restoring().accept(() -> restore(ground.plane(), ground.backup()));
    ground.writers().resume();
  }

  private static void restore(ControlPlane plane, EtcdBackup backup) {
    plane.server(Ground.NEAR).kill();
    plane.server(Ground.FAR).kill();
    plane.restoreEtcd(backup);
    plane.server(Ground.FAR).start();
    plane.server(Ground.NEAR).start();
  }
}
