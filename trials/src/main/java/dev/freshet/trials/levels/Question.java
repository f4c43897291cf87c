package dev.freshet.trials.levels;

import dev.freshet.Query;
import java.util.List;

/**
 * What is asked for, as Freshet takes it and as the judge reads it.
 *
 * @param namespaces none for all; several are judged one by one, as a cut
 * @param labels a label selector, or empty
 * @param name of one object, or empty for a list
 */
record Question(Kind kind, List<String> namespaces, String labels, String name) {
  Question {
    namespaces = List.copyOf(namespaces);
  }

  static Question everything(Kind kind) {
    return new Question(kind, List.of(), "", "");
  }

  static Question object(Kind kind, String namespace, String name) {
    return new Question(kind, List.of(namespace), "", name);
  }

  static Question labelled(Kind kind, String selector) {
    return new Question(kind, List.of(), selector, "");
  }

  Question in(String... only) {
    return new Question(kind, List.of(only), labels, name);
  }

  boolean isGet() {
    return !name.isEmpty();
  }

  /** Whether the answer holds only a small part of a kind, so that the server may list it. */
  boolean isNarrow() {
    return kind == Kind.CONFIG_MAPS || isGet() || !labels.isEmpty();
  }

  /** The selection of a list. */
  Query query() {
    return labels.isEmpty() ? Query.everything() : Query.labels(labels);
  }

  /** The same as the judge reads it, a query for each namespace. */
  List<dev.freshet.testkit.history.Query> written() {
    var all = dev.freshet.testkit.history.Query.all(kind.plural()).labels(labels);
    if (namespaces.isEmpty()) {
      return List.of(all);
    }
    return namespaces.stream().map(namespace -> all.inNamespace(namespace).named(name)).toList();
  }
}
