package dev.freshet.cli.output;

import dev.freshet.Row;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The fields of one row, read out of its bytes; the object is not decoded. */
final class Fields {

  static final String NONE = "<none>";
  static final String UNKNOWN = "<unknown>";

  private final Row<?> row;

  Fields(Row<?> row) {
    this.row = row;
  }

  String name() {
    return row.name();
  }

  String namespace() {
    return row.namespace();
  }

  Optional<String> text(String path) {
    return row.get(path);
  }

  /** A field that is an object or an array; a missing node if it is absent. */
  JsonNode tree(String path) {
    return row.get(path).map(JsonTree::of).orElse(MissingNode.getInstance());
  }
}
