package dev.freshet.object;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to one field of an object, such as {@code status.phase}, {@code spec.containers[0].image}
 * or {@code metadata.annotations['a.b/c']}. Immutable.
 */
public final class FieldPath {

  /** One step down. */
  public sealed interface Step {}

  /** Into the member of an object. */
  public record Member(String name) implements Step {}

  /** Into the element of an array, from 0. */
  public record Element(int index) implements Step {}

  private final String text;
  private final List<Step> steps;

  private FieldPath(String text, List<Step> steps) {
    this.text = text;
    this.steps = List.copyOf(steps);
  }

  /**
   * Parses a path: names separated by dots, {@code [0]} for an array element, {@code ['a.b']} for a
   * name that contains dots.
   *
   * @throws IllegalArgumentException if the text is not such a path; says where
   */
  public static FieldPath of(String text) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        int close = closingBracket(text, at);
        steps.add(bracketStep(text, at + 1, close));
        at = close + 1;
      } else {
        if (!steps.isEmpty() || at > 0) {
          if (text.charAt(at) != '.') {
            throw malformed(text, at, "expected '.' or '['");
          }
          at++;
        }
        int end = at;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end == at) {
          throw malformed(text, at, "expected a name");
        }
        steps.add(new Member(text.substring(at, end)));
        at = end;
      }
    }
    if (steps.isEmpty()) {
      throw malformed(text, 0, "expected a name");
    }
    return new FieldPath(text, steps);
  }

  private static int closingBracket(String text, int open) {
    boolean quoted = open + 1 < text.length() && text.charAt(open + 1) == '\'';
    int close = quoted ? text.indexOf("']", open + 2) + 1 : text.indexOf(']', open);
    if (close <= open) {
      throw malformed(text, open, "this bracket is not closed");
    }
    return close;
  }

  private static Step bracketStep(String text, int from, int to) {
    if (text.charAt(from) == '\'') {
      return new Member(text.substring(from + 1, to - 1));
    }
    try {
      return new Element(Integer.parseUnsignedInt(text, from, to, 10));
    } catch (NumberFormatException e) {
      throw malformed(text, from, "expected an index or a quoted name");
    }
  }

  private static IllegalArgumentException malformed(String text, int at, String problem) {
    return new IllegalArgumentException(
        "not a field path: " + problem + " at character " + (at + 1) + " of \"" + text + "\"");
  }

  /** Whether this leads into the metadata that every object has. */
  public boolean isOfMetadata() {
    return steps.getFirst().equals(new Member("metadata"));
  }

  public List<Step> steps() {
    return steps;
  }

  @Override
  public String toString() {
    return text;
  }
}
