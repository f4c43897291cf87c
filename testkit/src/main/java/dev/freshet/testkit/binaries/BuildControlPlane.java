package dev.freshet.testkit.binaries;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.TestkitException;
import java.io.PrintStream;

/**
 * The program behind {@code ./build control-plane}: makes sure that etcd and kube-apiserver are
 * there and prints where. Exits with 1 and one message when that fails.
 */
public final class BuildControlPlane {
  private BuildControlPlane() {}

  /** Runs it; takes no arguments. */
  public static void main(String[] arguments) {
    int exitCode = run(BinarySearch.standard(), System.out, System.err);
    // Maven runs this inside itself and has more to do after a success.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static int run(BinarySearch search, PrintStream out, PrintStream err) {
    try {
      Binaries found = search.telling(Progress.printing(err)).find();
      out.println(Binaries.ETCD + " is " + found.etcd());
      out.println(Binaries.KUBE_APISERVER + " is " + found.kubeApiserver());
      return 0;
    } catch (TestkitException e) {
      err.println(e.getMessage());
      return 1;
    }
  }
}
