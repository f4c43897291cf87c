package dev.freshet.protobuf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message. Immutable to its users and thread-safe: its line of the tables is
 * parsed when a field is first asked for.
 */
public final class MessageTable {

  private final FieldTables tables;
  private final String name;
  private final Form form;
  private final int from;
  private final int to;
  private volatile @Nullable Fields fields;

  /**
   * @param from where its fields start in the text of the tables
   * @param to where they end
   */
  MessageTable(FieldTables tables, String name, Form form, int from, int to) {
    this.tables = tables;
    this.name = name;
    this.form = form;
    this.from = from;
    this.to = to;
  }

  private static final class Fields {
    private final List<Field> inOrder;
    private final @Nullable Field[] byNumber;

    Fields(List<Field> inOrder) {
      this.inOrder = inOrder;
      int highest = 0;
      for (Field field : inOrder) {
        highest = Math.max(highest, field.number());
      }
      this.byNumber = new Field[highest + 1];
      for (Field field : inOrder) {
        byNumber[field.number()] = field;
      }
    }
  }

  /** The package without what all packages share, and the message, such as {@code core.v1.Pod}. */
  public String name() {
    return name;
  }

  public Form form() {
    return form;
  }

  /** All fields, in the order in which the API server's JSON has them. */
  public List<Field> fields() {
    return parsed().inOrder;
  }

  /** The field of a number; null if this version of the tables does not know it. */
  public @Nullable Field byNumber(int number) {
    @Nullable Field[] byNumber = parsed().byNumber;
    return number > 0 && number < byNumber.length ? byNumber[number] : null;
  }

  int highestNumber() {
    return parsed().byNumber.length - 1;
  }

  /** The field that JSON names so; null if there is none. Does not look into inlined messages. */
  public @Nullable Field byName(String jsonName) {
    for (Field field : parsed().inOrder) {
      if (!field.inlined() && field.name().equals(jsonName)) {
        return field;
      }
    }
    return null;
  }

  private Fields parsed() {
    Fields found = fields;
    if (found == null) {
      // Two threads may both parse; what they find is equal.
      found = new Fields(tables.parseFields(this, from, to));
      fields = found;
    }
    return found;
  }

  @Override
  public String toString() {
    return name;
  }
}
