package dev.freshet.cli.advise;

import dev.freshet.RecordedLoad;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.FreshetException;
import dev.freshet.testkit.process.Poll;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
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

  /** How long a process may take to let us in; one that is suspended never does. */
  private static final Duration ATTACHED_WITHIN = Duration.ofSeconds(60);

  /** How long it may take to hand over what it has recorded last. */
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);

  /** A program that has just begun to use Freshet tells so after 5 s, or at its first read. */
  private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(8);

  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

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
  public static LiveReads attach(long pid) {
    ProcessHandle process = Attachment.processOf(pid);
    try {
      return Answer.within(ATTACHED_WITHIN, () -> attach(process));
    } catch (IOException e) {
      throw Attachment.unreachable(pid, e);
    }
  }

  @SuppressWarnings("BanJNDI") // The address is one that this user's own JVM has given.
  private static LiveReads attach(ProcessHandle process) throws IOException {
    String address = Attachment.managementOf(process);
    JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
    try {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      requireFreshet(process.pid(), server);
      return new LiveReads(process, connector, new RemoteRecordingStream(server));
    } catch (IOException | RuntimeException e) {
      connector.close();
      throw e;
    }
  }

  private static void requireFreshet(long pid, MBeanServerConnection server) throws IOException {
    boolean found;
    try {
      FlightRecorderMXBean recorder =
          ManagementFactory.newPlatformMXBeanProxy(
              server, FlightRecorderMXBean.MXBEAN_NAME, FlightRecorderMXBean.class);
      found =
          Poll.until(
              "process " + pid + " to tell of its reads",
              ANNOUNCED_WITHIN,
              () ->
                  recorder.getEventTypes().stream()
                      .anyMatch(type -> type.getName().equals(RecordedLoad.READ)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "the Java runtime of process " + pid + " has no flight recorder to be asked",
          "Run that program on a JDK, or a runtime with the module jdk.management.jfr.",
          e);
    } catch (UndeclaredThrowableException e) {
      // So says a proxy that the other process did not answer.
      throw new IOException("it does not answer", e);
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
    try {
      stream.startAsync();
    } catch (IllegalStateException e) {
      // It closes by itself where the other process does not answer.
      ended = true;
    }
  }

  /** Whether there is no more to hear, as when the process has ended. */
  public boolean hasEnded() {
    // The stream of a process that has ended waits for it all the same.
    return ended || failure.get() != null || !process.isAlive();
  }

  /**
   * Listens no more.
   *
   * @return whether all that was read by now has been put down; not so if the process has ended, or
   *     does not answer
   * @throws FreshetException if what came could not be understood
   */
  public boolean stop() {
    boolean whole = !hasEnded() && stopped();
    Throwable why = failure.get();
    if (why instanceof FreshetException e) {
      throw e;
    }
    if (why != null) {
      throw new ConfigurationException(
          "what process " + process.pid() + " recorded could not be read (" + why + ")",
          "Make a recording there, and give its file: " + RecordedFile.HOW_TO_RECORD);
    }
    return whole;
  }

  private boolean stopped() {
    try {
      return Answer.within(STOPPED_WITHIN, stream::stop);
    } catch (IOException | IllegalStateException e) {
      // It ended in this moment, or is not going to say anything.
      return false;
    }
  }

  @Override
  public void close() {
    try {
      boolean unused =
          Answer.within(
              CLOSED_WITHIN,
              () -> {
                stream.close();
                connector.close();
                return true;
              });
    } catch (IOException e) {
      // The other process has ended or does not answer: nothing there is left to close.
      ended = true;
    }
  }
}
