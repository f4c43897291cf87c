package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.freshet.CacheDeclaration;
import dev.freshet.error.ConnectionException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import io.fabric8.kubernetes.api.model.Pod;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one short session allocates: with a session per request, that is the price of each. */
class SessionCostTest {

  private static final int SESSIONS = 10_000;

  /** Bytes allocated for a session, its client and one floor. Measured: see docs/design. */
  private static final long MOST_BYTES = 8_192;

  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);

  @TempDir private Path directory;

  @Test
  @Tag("verify")
  void tenThousandSessionsAllocateLittleEach() throws Exception {
    Path file =
        KubeconfigFile.write(directory.resolve("config"), "http://127.0.0.1:1", "", "token: t");
    try (Freshet freshet =
        Freshet.connect(options -> options.kubeconfig(file).cache(CacheDeclaration.of(PODS)))) {
      run(freshet, 1_000);
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long nanos = System.nanoTime();
      run(freshet, SESSIONS);
      nanos = System.nanoTime() - nanos;
      bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
      System.out.printf(
          "%d sessions with a client: %d us and %d bytes allocated each%n",
          SESSIONS, nanos / 1_000 / SESSIONS, bytes / SESSIONS);
      assertThat(bytes / SESSIONS).isLessThan(MOST_BYTES);
    } catch (ConnectionException e) {
      throw new AssertionError("nothing here may connect", e);
    }
  }

  private static void run(Freshet freshet, int sessions) {
    for (int i = 0; i < sessions; i++) {
      FreshetSession session = freshet.session();
      session.client();
      session.session().saw(PODS, "team", new ResourceVersion(Integer.toString(i + 1)));
      assertThat(session.reads(Pod.class)).isNotNull();
    }
  }
}
