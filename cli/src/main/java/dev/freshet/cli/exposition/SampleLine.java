package dev.freshet.cli.exposition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one line: {@code name{label="value",…} number}, whatever follows the number (a time, an
 * exemplar) is left alone. Labels may have the escapes {@code \\}, {@code \"} and {@code \n}. For
 * one line.
 */
final class SampleLine {

  /** What Go writes, and not what Java reads beside it, such as {@code 1d}. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final String line;
  private int at;

  private SampleLine(String line) {
    this.line = line;
  }

  /** The sample; empty if the line is none. */
  static Optional<Sample> parse(String line) {
    try {
      return Optional.of(new SampleLine(line).sample());
    } catch (NotASample e) {
      return Optional.empty();
    }
  }

  private static final class NotASample extends Exception {
    private static final long serialVersionUID = 1L;

    NotASample() {
      super("", null, false, false);
    }
  }

  private Sample sample() throws NotASample {
    String name = name();
    Map<String, String> labels = new HashMap<>();
    skipSpace();
    if (isNext('{')) {
      at++;
      labels(labels);
    }
    skipSpace();
    return new Sample(name, labels, number());
  }

  private void labels(Map<String, String> into) throws NotASample {
    skipSpace();
    while (!isNext('}')) {
      String label = name();
      skipSpace();
      require('=');
      skipSpace();
      into.put(label, quoted());
      skipSpace();
      if (isNext(',')) {
        at++;
        skipSpace();
      } else if (!isNext('}')) {
        throw new NotASample();
      }
    }
    at++;
  }

  private String name() throws NotASample {
    int start = at;
    while (at < line.length() && isOfName(line.charAt(at))) {
      at++;
    }
    if (at == start || Character.isDigit(line.charAt(start))) {
      throw new NotASample();
    }
    return line.substring(start, at);
  }

  static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == ':';
  }

  private String quoted() throws NotASample {
    require('"');
    StringBuilder text = new StringBuilder();
    while (!isNext('"')) {
      char c = next();
      if (c == '\\') {
        char escaped = next();
        switch (escaped) {
          case 'n' -> text.append('\n');
          case '"', '\\' -> text.append(escaped);
          // As Prometheus does: what is no escape stands for itself.
          default -> text.append(c).append(escaped);
        }
      } else {
        text.append(c);
      }
    }
    at++;
    return text.toString();
  }

  private double number() throws NotASample {
    int start = at;
    while (at < line.length() && !isSpace(line.charAt(at))) {
      at++;
    }
    String text = line.substring(start, at);
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!NUMBER.matcher(text).matches()) {
          throw new NotASample();
        }
        yield Double.parseDouble(text);
      }
    };
  }

  private void skipSpace() {
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private boolean isNext(char c) {
    return at < line.length() && line.charAt(at) == c;
  }

  private char next() throws NotASample {
    if (at == line.length()) {
      throw new NotASample();
    }
    return line.charAt(at++);
  }

  private void require(char c) throws NotASample {
    if (next() != c) {
      throw new NotASample();
    }
  }
}
