package dev.freshet.cli.advise;

import dev.freshet.RecordedLoad;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;
import jdk.management.jfr.RemoteRecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a running JVM of this machine and this user, from now on. In the other process its
 * local management agent is started, which stays, and a recording of nothing but the events of
 * {@link RecordedLoad}, which ends with this. For one thread.
 */
public final class LiveReads implements AutoCloseable {

  private final ProcessHandle process;
  private final JMXConnector connector;
  private final RemoteRecordingStream stream;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean ended;

  private LiveReads(ProcessHandle process, JMXConnector connector, RemoteRecordingStream stream) {
    this.process = process;
    this.connector = connector;
    this.stream = stream;
  }

  /**
   * Attaches to a process.
   *
   * @throws ConfigurationException if it cannot be listened to, or uses no Freshet
   */
  @SuppressWarnings("BanJNDI") // The address is one that this user's own JVM has given.
  public static LiveReads attach(long pid) {
    ProcessHandle process = Attachment.processOf(pid);
    String address = Attachment.managementOf(process);
    try {
      JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      try {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        requireFreshet(pid, server);
        return new LiveReads(process, connector, new RemoteRecordingStream(server));
      } catch (IOException | RuntimeException e) {
        connector.close();
        throw e;
      }
    } catch (IOException e) {
      throw Attachment.unreachable(pid, e);
    }
  }

  private static void requireFreshet(long pid, MBeanServerConnection server) throws IOException {
    boolean found;
    try {
      found =
          ManagementFactory.newPlatformMXBeanProxy(
                  server, FlightRecorderMXBean.MXBEAN_NAME, FlightRecorderMXBean.class)
              .getEventTypes()
              .stream()
              .anyMatch(type -> type.getName().equals(RecordedLoad.READ));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "the Java runtime of process " + pid + " has no flight recorder to be asked",
          "Run that program on a JDK, or a runtime with the module jdk.management.jfr.",
          e);
    }
    if (!found) {
      throw new ConfigurationException(
          "process " + pid + " uses no Freshet",
          "Give the id of a process that reads by Freshet; jcmd lists those of this user.");
    }
  }

  /** Begins to put its reads down. */
  public void listen(RecordedLoad load) {
    stream.onClose(() -> ended = true);
    stream.onError(failure::set);
    for (String event : new String[] {RecordedLoad.READ, RecordedLoad.REFUSAL}) {
      stream.enable(event);
      stream.onEvent(event, load::add);
    }
    stream.startAsync();
  }

  /** Whether there is no more to hear, as when the process has ended. */
  public boolean hasEnded() {
    // The stream of a process that has ended waits for it all the same.
    return ended || failure.get() != null || !process.isAlive();
  }

  /**
   * Listens no more; what was read by now has been put down when this returns.
   *
   * @throws FreshetException if what came could not be understood
   */
  public void stop() {
    // An interrupted thread could not ask the other process any more.
    boolean interrupted = Thread.interrupted();
    try {
      if (!hasEnded()) {
        boolean unused = stream.stop();
      }
    } catch (IllegalStateException e) {
      // It ended in this moment.
      ended = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    Throwable why = failure.get();
    if (why instanceof FreshetException e) {
      throw e;
    }
    if (why != null) {
      throw new ConfigurationException(
          "what process " + process.pid() + " recorded could not be read (" + why + ")",
          "Make a recording there, and give its file: " + RecordedFile.HOW_TO_RECORD);
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      stream.close();
      connector.close();
    } catch (IOException e) {
      // The other process has ended, and with it all that there was to close.
      ended = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
