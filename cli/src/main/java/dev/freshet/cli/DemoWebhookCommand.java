package dev.freshet.cli;

import dev.freshet.cli.output.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code freshet demo webhook}: a quota by admission webhook, kept in three ways. */
@Command(
    name = "webhook",
    sortOptions = false,
    description = {
      "Shows which webhook keeps a quota when many Pods are created at once.",
      "The same webhook decides by its cache, by a list from the API server for each review, and "
          + "by reservations beside a strong view. Only the last one holds.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet demo webhook",
      "  freshet demo webhook --creates 1000 --quota 50",
      "  freshet demo webhook -o json | jq '.[] | {mode, overAdmitted}'"
    })
final class DemoWebhookCommand implements Callable<Integer> {

  private static final int MAX_CREATES = 5_000;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--creates",
      paramLabel = "N",
      description = "How many Pods are created at once, in each way. Default ${DEFAULT-VALUE}.")
  private int creates = 300;

  @Option(
      names = "--quota",
      paramLabel = "N",
      description = "How many may be there. Default ${DEFAULT-VALUE}.")
  private int quota = 100;

  @Mixin private FiguresOption figures = new FiguresOption();

  DemoWebhookCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (creates < 1 || creates > MAX_CREATES) {
      throw new ParameterException(spec.commandLine(), "--creates is 1 to " + MAX_CREATES);
    }
    if (quota < 1) {
      throw new ParameterException(spec.commandLine(), "--quota is 1 or more");
    }
    List<WebhookDemo.Row> rows;
    Path directory = Files.createTempDirectory("freshet-demo-");
    try (var progress = new ProgressLine(console)) {
      rows = new WebhookDemo(creates, quota, directory, progress).run();
    } finally {
      remove(directory);
    }
    print(rows);
    WebhookDemo.Row reserved = rows.getLast();
    if (reserved.overAdmitted() > 0) {
      throw new CommandFailure(
          "reservations admitted " + reserved.overAdmitted() + " too many",
          "This breaks what Freshet promises: please report it with the table above.");
    }
    return ExitCode.OK;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void print(List<WebhookDemo.Row> rows) {
    if (figures.isJson()) {
      console
          .out()
          .println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
      console.out().flush();
      return;
    }
    if (console.errIsTerminal()) {
      console.err().println();
    }
    var table =
        new Table(
            List.of(
                Table.Header.left("MODE"),
                Table.Header.right("CREATES"),
                Table.Header.right("QUOTA"),
                Table.Header.right("ADMITTED"),
                Table.Header.right("TOO MANY"),
                Table.Header.right("P50"),
                Table.Header.right("P99")));
    for (WebhookDemo.Row row : rows) {
      table.add(
          List.of(
              row.mode(),
              Integer.toString(row.creates()),
              Integer.toString(row.quota()),
              Integer.toString(row.admitted()),
              Integer.toString(row.overAdmitted()),
              millis(row.p50Millis()),
              millis(row.p99Millis())));
    }
    table.print(console.out(), console::bold);
    console.out().println();
    console.out().println("cached     decides on a list that may be behind");
    console.out().println("direct     lists for each review; two at once see the same list");
    console.out().println("reserved   keeps a place for each object until it is seen");
    console.out().println("P50, P99   of a create as its client sees it, all at once");
    console.out().flush();
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%,.0f ms", millis);
  }
}
