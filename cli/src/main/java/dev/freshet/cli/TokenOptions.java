package dev.freshet.cli;

import dev.freshet.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that hand on what was read, as a token. */
final class TokenOptions {

  @Option(
      names = "--print-token",
      description = {
        "Read, and print a token of what was seen in place of the objects: "
            + "export FRESHET_TOKEN=$(freshet list pods --print-token)"
      })
  private boolean print;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Print the objects, and write the token into this file.")
  private Optional<Path> file = Optional.empty();

  boolean print() {
    return print;
  }

  boolean isWanted() {
    return print || file.isPresent();
  }

  /** Hands a token on as the options say. */
  void handOn(Token token, Console console) {
    if (print) {
      console.out().println(token.encode());
    }
    file.ifPresent(path -> write(token, path));
  }

  private static void write(Token token, Path path) {
    try {
      Files.writeString(path, token.encode() + "\n");
    } catch (IOException e) {
      throw new CommandFailure(
          "the token could not be written into " + path + " (" + e + ")",
          "Name a file that may be written.");
    }
  }
}
