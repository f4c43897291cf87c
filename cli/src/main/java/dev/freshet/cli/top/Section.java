package dev.freshet.cli.top;

import java.util.List;

/** Some sentences, then tables. */
record Section(List<String> text, List<Panel> panels) {

  static Section of(List<String> text) {
    return new Section(text, List.of());
  }
}
