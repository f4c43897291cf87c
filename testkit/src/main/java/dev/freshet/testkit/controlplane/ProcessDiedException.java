package dev.freshet.testkit.controlplane;

/** A process of the control plane ended while it was starting. */
public final class ProcessDiedException extends StartException {
  private static final long serialVersionUID = 1L;
  private static final String PORT_TAKEN = "address already in use";

  private final boolean portTaken;

  ProcessDiedException(String name, int exitCode, String logTail) {
    super(
        "%s ended with exit code %d while starting. Its last lines:%n%s%nCheck the extra flags given to it, and that the machine has memory and disk space left."
            .formatted(name, exitCode, logTail));
    this.portTaken = logTail.contains(PORT_TAKEN);
  }

  /** Whether it ended because another process had taken its port. */
  boolean portTaken() {
    return portTaken;
  }
}
