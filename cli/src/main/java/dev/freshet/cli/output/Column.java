package dev.freshet.cli.output;

import java.util.function.Function;

/**
 * One column of a kind's table.
 *
 * @param wide whether only {@code -o wide} shows it
 */
record Column(String header, boolean wide, Function<Fields, String> value) {

  static Column of(String header, Function<Fields, String> value) {
    return new Column(header, false, value);
  }

  static Column wide(String header, Function<Fields, String> value) {
    return new Column(header, true, value);
  }

  /** A field as it stands, {@code <none>} if it is absent. */
  static Column field(String header, String path) {
    return of(header, fields -> fields.text(path).orElse(Fields.NONE));
  }

  /** A counter, which the server leaves out when it is 0. */
  static Column count(String header, String path) {
    return of(header, fields -> fields.text(path).orElse("0"));
  }
}
