package dev.freshet.testkit.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A label selector, read by the judge's own rules: requirements joined by commas, each {@code k=v},
 * {@code k==v}, {@code k!=v}, {@code k in (a,b)}, {@code k notin (a,b)}, {@code k} or {@code !k}.
 * As in Kubernetes, {@code !=} and {@code notin} hold where the label is absent.
 */
final class LabelSelector implements Predicate<Map<String, String>> {
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\((.*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^=!\\s(),]+)");

  private final List<Predicate<Map<String, String>>> requirements;

  private LabelSelector(List<Predicate<Map<String, String>>> requirements) {
    this.requirements = requirements;
  }

  static LabelSelector of(String text) {
    List<Predicate<Map<String, String>>> requirements = new ArrayList<>();
    for (String part : parts(text)) {
      requirements.add(requirement(part));
    }
    return new LabelSelector(requirements);
  }

  @Override
  public boolean test(Map<String, String> labels) {
    for (var requirement : requirements) {
      if (!requirement.test(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Splits at commas outside parentheses. */
  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    return parts.size() == 1 && parts.getFirst().isEmpty() ? List.of() : parts;
  }

  private static Predicate<Map<String, String>> requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      String key = set.group(1);
      Set<String> values =
          Arrays.stream(set.group(3).split(",", -1)).map(String::strip).collect(Collectors.toSet());
      return set.group(2).equals("in")
          ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
          : labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      String key = equality.group(1);
      String value = equality.group(3);
      return equality.group(2).equals("!=")
          ? labels -> !value.equals(labels.get(key))
          : labels -> value.equals(labels.get(key));
    }
    Matcher existence = EXISTENCE.matcher(text);
    if (existence.matches()) {
      String key = existence.group(2);
      return existence.group(1).isEmpty()
          ? labels -> labels.containsKey(key)
          : labels -> !labels.containsKey(key);
    }
    throw new IllegalArgumentException(
        "The judge cannot read \"" + text + "\" as a requirement of a label selector.");
  }
}
