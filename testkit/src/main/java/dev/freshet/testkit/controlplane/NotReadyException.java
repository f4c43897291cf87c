package dev.freshet.testkit.controlplane;

import java.time.Duration;

/** A process of the control plane runs, but did not say that it is ready within the deadline. */
public final class NotReadyException extends StartException {
  private static final long serialVersionUID = 1L;

  NotReadyException(String name, Duration within, String logTail) {
    super(
        "%s was not ready within %d s. Its last lines:%n%s%nOn a busy machine allow it more time with ControlPlaneOptions.readyWithin."
            .formatted(name, within.toSeconds(), logTail));
  }
}
