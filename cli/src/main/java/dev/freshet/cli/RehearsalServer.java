package dev.freshet.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@link RecordedAnswers} in a process of its own, since the classes of a server have no place in
 * the archive of a client. Ends with this one, however that ends.
 */
final class RehearsalServer implements AutoCloseable {

  private final Process process;
  private final String kubeconfig;

  private RehearsalServer(Process process, String kubeconfig) {
    this.process = process;
    this.kubeconfig = kubeconfig;
  }

  static RehearsalServer start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordedAnswers.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String kubeconfig = process.inputReader().readLine();
    if (kubeconfig == null) {
      throw new IOException("the server of the rehearsal has not begun");
    }
    return new RehearsalServer(process, kubeconfig);
  }

  /** The path of a kubeconfig for it. */
  String kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
  }
}
