package dev.freshet.testkit.controlplane;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file of static bearer tokens: one line each of token, user, uid and groups. */
final class TokenFile {
  private TokenFile() {}

  static Optional<Path> write(Map<String, User> tokens, Path directory) throws IOException {
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    String lines =
        tokens.entrySet().stream()
            .map(entry -> line(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return Optional.of(PrivateFile.write(directory.resolve("tokens.csv"), lines));
  }

  private static String line(String token, User user) {
    return "\"%s\",\"%s\",\"%s\",\"%s\"\n"
        .formatted(token, user.name(), user.name(), String.join(",", user.groups()));
  }
}
