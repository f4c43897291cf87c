package dev.freshet.cli;

import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say which cluster, as kubectl has them. */
final class ConnectionOptions {

  /** A read's, and a first list's, time unless said otherwise: no wait is without an end. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig to use instead of kubectl's.")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig to use.")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--request-timeout",
      paramLabel = "DURATION",
      converter = RequestTimeout.class,
      description =
          "How long one request may take, such as 1s, 2m, 3h; 0 for no limit. Default 60s.")
  private Duration requestTimeout = DEFAULT_TIMEOUT;

  Duration requestTimeout() {
    return requestTimeout;
  }

  /** Connects under the name of a command, which the server sees in the User-Agent. */
  Freshet connect(String caller, Consumer<FreshetOptions> more) {
    return Freshet.connect(
        options -> {
          kubeconfig.ifPresent(options::kubeconfig);
          context.ifPresent(options::context);
          options.caller(caller).readWithin(requestTimeout);
          more.accept(options);
        });
  }
}
