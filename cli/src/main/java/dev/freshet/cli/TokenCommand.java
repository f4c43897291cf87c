package dev.freshet.cli;

import dev.freshet.Token;
import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code freshet token}: what a token holds. Asks no server. */
@Command(
    name = "token",
    sortOptions = false,
    description = {
      "Shows what is in a token: whose cluster, and what a read at-least it must show.",
      "No server is asked. A token has no signature and no age: it is as good as whoever "
          + "made it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet token $FRESHET_TOKEN",
      "  freshet list pods -A --print-token | freshet token -",
      "  freshet token -o json $FRESHET_TOKEN | jq '.floors[].resourceVersion'"
    })
final class TokenCommand implements Callable<Integer> {

  private static final String STRONG = "strong";

  private final Console console;
  private final InputStream in;

  @Parameters(
      index = "0",
      paramLabel = "TOKEN",
      description = "The token; - reads it from standard input.")
  private String text = "";

  @Mixin private FiguresOption figures = new FiguresOption();

  /**
   * @param in where {@code -} reads
   */
  TokenCommand(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public Integer call() {
    Token token = TokenText.parse(text.equals("-") ? read() : text, "");
    if (figures.isJson()) {
      console.out().println(json(token));
    } else {
      table(token);
    }
    console.out().flush();
    return ExitCode.OK;
  }

  /** No more than shows that it is too long. */
  private String read() {
    try {
      byte[] bytes = in.readNBytes(Token.MAX_LENGTH * 2);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void table(Token token) {
    console.out().println("cluster   " + token.cluster());
    console.out().println();
    var table =
        new Table(
            List.of(Header.left("COLLECTION"), Header.left("NAMESPACE"), Header.right("AT LEAST")));
    for (Token.Seen seen : token.seen()) {
      table.add(
          List.of(
              seen.collection(),
              seen.namespace().isEmpty() ? "*" : seen.namespace(),
              seen.version().map(Object::toString).orElse(STRONG)));
    }
    if (token.isRestStrong()) {
      table.add(List.of("*", "*", STRONG));
    }
    if (token.seen().isEmpty() && !token.isRestStrong()) {
      console.out().println("It has seen nothing: any state will do.");
      return;
    }
    table.print(console.out(), console::bold);
  }

  private static String json(Token token) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode tree = mapper.createObjectNode();
    tree.put("cluster", token.cluster());
    ArrayNode floors = tree.putArray("floors");
    for (Token.Seen seen : token.seen()) {
      ObjectNode floor = floors.addObject();
      floor.put("collection", seen.collection());
      floor.put("namespace", seen.namespace());
      seen.version()
          .ifPresentOrElse(
              version -> floor.put("resourceVersion", version.text()),
              () -> floor.putNull("resourceVersion"));
    }
    tree.put("restStrong", token.isRestStrong());
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }
}
