package dev.freshet.cli;

import static dev.freshet.Consistency.strong;

import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;

/** A program for {@code advise} to look at: reads as fast as its budget allows, or nothing. */
final class ReadingProgram {

  private ReadingProgram() {}

  /**
   * Goes on until its input ends.
   *
   * @param args a kubeconfig; none for a program that does not use Freshet
   */
  public static void main(String[] args) throws IOException {
    if (args.length > 0) {
      Freshet freshet = Freshet.connect(options -> options.kubeconfig(Path.of(args[0])));
      var unused = Thread.ofPlatform().daemon().start(() -> readWith(freshet));
    }
    System.out.println("begun");
    int ended = System.in.read();
    System.exit(Math.max(0, ended));
  }

  private static void readWith(Freshet freshet) {
    var pods = freshet.reads(Pod.class).inNamespace("shop").as("quota");
    while (!Thread.currentThread().isInterrupted()) {
      pods.list(strong());
    }
  }
}
