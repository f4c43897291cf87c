package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;

/**
 * The control plane did not come up: a process died, or was not ready in time. The message holds
 * the last lines of its log.
 */
public abstract sealed class StartException extends TestkitException
    permits ProcessDiedException, NotReadyException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }
}
