package dev.freshet.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** A Java contender. Arguments: its name, and the kubeconfig file to connect by. */
public final class ContenderMain {
  private ContenderMain() {}

  /** Takes orders from standard input until that ends. */
  public static void main(String[] args) throws IOException {
    Path kubeconfig = Path.of(args[1]);
    Contender contender =
        switch (args[0]) {
          case "freshet" -> new FreshetContender(kubeconfig);
          case "fabric8" -> new Fabric8Contender(kubeconfig);
          case "client-java" -> new ClientJavaContender(kubeconfig);
          default -> throw new IllegalArgumentException("there is no contender " + args[0]);
        };
    try (var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      new Orders(contender, System.out).carryOutAll(orders);
    }
    // What a client leaves running must not keep the process.
    System.exit(0);
  }
}
