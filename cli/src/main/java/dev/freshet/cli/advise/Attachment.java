package dev.freshet.cli.advise;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way into another JVM of this machine.
 *
 * <p>Attaching begins with a signal that ends most programs that are no JVM, those in Go among
 * them, so nothing is sent before it is certain what a process is.
 */
final class Attachment {

  private static final String ROOT = "root";

  private Attachment() {}

  /**
   * Finds a process of this user.
   *
   * @throws ConfigurationException if there is none, or it is another's
   */
  static ProcessHandle processOf(long pid) {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "no process " + pid + " runs on this machine",
                        "Run jcmd to see the JVMs of this user; in a container, run it there."));
    String me = System.getProperty("user.name", "");
    Optional<String> owner = process.info().user().filter(user -> !user.equals(me));
    if (owner.isPresent() && !me.equals(ROOT)) {
      throw new ConfigurationException(
          "process " + pid + " is of the user " + owner.get() + ", and this is " + me,
          "Run freshet as " + owner.get() + ".");
    }
    return process;
  }

  /**
   * Starts the local management agent of a JVM, if it does not run; gives its address.
   *
   * @throws ConfigurationException if that cannot be
   */
  static String managementOf(ProcessHandle process) {
    long pid = process.pid();
    requireJvm(pid);
    try {
      VirtualMachine other = VirtualMachine.attach(Long.toString(pid));
      try {
        return other.startLocalManagementAgent();
      } finally {
        other.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw unreachable(pid, e);
    }
  }

  static ConfigurationException unreachable(long pid, Exception why) {
    return new ConfigurationException(
        "process " + pid + " cannot be attached to (" + why.getMessage() + ")",
        "See that it runs, and without -XX:+DisableAttachMechanism; or give a recording of it: "
            + RecordedFile.HOW_TO_RECORD,
        why);
  }

  private static void requireJvm(long pid) {
    boolean listed =
        VirtualMachine.list().stream()
            .map(VirtualMachineDescriptor::id)
            .anyMatch(Long.toString(pid)::equals);
    if (!listed && !hasLoadedJvm(pid)) {
      throw new ConfigurationException(
          "process " + pid + " is no JVM", "Run jcmd to see the JVMs of this user.");
    }
  }

  /** A JVM that keeps no performance data is in no list, but Linux shows what it has loaded. */
  private static boolean hasLoadedJvm(long pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
      return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
    } catch (IOException e) {
      return false;
    }
  }
}
