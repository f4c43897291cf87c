package dev.freshet.cli;

import dev.freshet.cli.staleness.StalenessProbe;
import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetOptions;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The kinds that a command keeps caches of, to look at them. */
final class WatchedKinds {

  /** Each costs a cache. */
  private static final int MAX_KINDS = 16;

  @Parameters(
      arity = "0..*",
      paramLabel = "KIND",
      description = KindParameter.DESCRIPTION + " Default pods.")
  private List<String> kinds = List.of();

  boolean areNamed() {
    return !kinds.isEmpty();
  }

  void requireFew(CommandSpec spec) {
    if (kinds.size() > MAX_KINDS) {
      throw new ParameterException(
          spec.commandLine(), "at most " + MAX_KINDS + " kinds, since each costs a cache");
    }
  }

  /**
   * Each kind once, by whichever of its names. Asks over a connection of its own, since caches are
   * declared when connecting, and warns if the server is too old.
   */
  List<Target> targets(
      ConnectionOptions connection, String caller, NamespaceOptions namespaces, Console console) {
    try (Freshet freshet = connection.connect(caller, options -> {})) {
      ServerVersion.check(freshet, console);
      var served = freshet.kinds();
      return (kinds.isEmpty() ? List.of("pods") : kinds)
          .stream()
              .map(kind -> served.find(kind).type())
              .distinct()
              .map(type -> new Target(type, namespaces.of(type, freshet.namespace())))
              .toList();
    }
  }

  /** A cache of each. */
  static void cache(List<Target> targets, FreshetOptions options) {
    targets.forEach(target -> options.cache(target.cache()));
  }

  /**
   * What looks at each.
   *
   * @param freshet with the caches of those targets and no others: one stream for each kind, so its
   *     health is at the kind's own place
   * @throws dev.freshet.error.ApiException if the user may not list one of them, since waiting
   *     would not mend that
   */
  static List<StalenessProbe> probes(List<Target> targets, Freshet freshet) {
    List<StalenessProbe> probes =
        IntStream.range(0, targets.size())
            .mapToObj(
                index -> {
                  Target target = targets.get(index);
                  return new StalenessProbe(
                      target.type().qualifiedName(),
                      target.reads(freshet),
                      target.spansNamespaces(),
                      () -> freshet.health().get(index));
                })
            .toList();
    probes.forEach(StalenessProbe::requireAllowed);
    return probes;
  }
}
