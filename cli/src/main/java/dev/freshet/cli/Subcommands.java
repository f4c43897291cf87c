package dev.freshet.cli;

import dev.freshet.testkit.controlplane.DetachedControlPlane;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The commands under {@code freshet}, made only where a command line may mean them: picocli reads
 * the classes of each by reflection, which for all of them takes longer than most commands do.
 */
final class Subcommands {

  private final Map<String, Supplier<Object>> makers = new LinkedHashMap<>();

  Subcommands(Console console) {
    makers.put("list", () -> new ListCommand(console));
    makers.put("watch", () -> new WatchCommand(console));
    makers.put("staleness", () -> new StalenessCommand(console));
    makers.put("top", () -> new TopCommand(console));
    makers.put("doctor", () -> new DoctorCommand(console));
    makers.put("advise", () -> new AdviseCommand(console));
    makers.put("token", () -> new TokenCommand(console, System.in));
    makers.put(
        "fence",
        () -> new CommandLine(new FenceCommand()).addSubcommand(new FenceRbacCommand(console)));
    makers.put(
        "webhook",
        () ->
            new CommandLine(new WebhookCommand())
                .addSubcommand(new WebhookManifestsCommand(console)));
    makers.put("compare", () -> new CompareCommand(console));
    makers.put(
        "demo",
        () ->
            new CommandLine(new DemoCommand(console))
                .addSubcommand(new DemoWebhookCommand(console)));
    makers.put(
        "control-plane", () -> new ControlPlaneCommand(console, DetachedControlPlane.ofThisUser()));
  }

  /** Those that a command line may mean: the one it names, else all. */
  Stream<Object> meantBy(String... args) {
    Optional<Supplier<Object>> named =
        Stream.of(args)
            .filter(arg -> !arg.startsWith("-"))
            .findFirst()
            .map(name -> makers.get(name.equals("get") ? "list" : name));
    return named.map(Stream::of).orElseGet(() -> makers.values().stream()).map(Supplier::get);
  }
}
