package dev.freshet.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of every kind that is built into Kubernetes, and of CustomResourceDefinition,
 * APIService and partial metadata, as of the version that the head of {@code fields.txt} names.
 *
 * <p>Loaded when first used: some milliseconds and half a megabyte for names and text; the fields
 * of a message are parsed when that message is first met. Thread-safe.
 */
public final class FieldTables {

  private static final String RESOURCE = "fields.txt";

  private final byte[] text;
  private final Map<String, MessageTable> messages = new HashMap<>(2048);
  private final Map<String, Map<String, KnownKind>> kinds = new HashMap<>(128);

  private FieldTables(byte[] text) {
    this.text = text;
    scan();
  }

  private static final class Loaded {
    static final FieldTables TABLES = new FieldTables(read());
  }

  /** The tables of this version of Freshet. */
  public static FieldTables get() {
    return Loaded.TABLES;
  }

  /** A kind, by {@code group/version} and name; empty if it must be asked for in JSON. */
  public Optional<KnownKind> kind(String apiVersion, String kind) {
    Map<String, KnownKind> found = kinds.get(apiVersion);
    return found == null ? Optional.empty() : Optional.ofNullable(found.get(kind));
  }

  /** All kinds, in no particular order. */
  public List<KnownKind> kinds() {
    return kinds.values().stream().flatMap(found -> found.values().stream()).toList();
  }

  /** A message by its {@link MessageTable#name()}. */
  public Optional<MessageTable> message(String name) {
    return Optional.ofNullable(messages.get(name));
  }

  private static byte[] read() {
    try (InputStream in = FieldTables.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("freshet-core lacks its resource " + RESOURCE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
  }

  /**
   * Notes what there is, in plain loops: this runs at the start of short programs, which would
   * first have to load what lambdas and string templates need. Kinds stand before the messages of
   * their package, so they come last.
   */
  private void scan() {
    List<String[]> found = new ArrayList<>(512);
    String prefix = "";
    int at = 0;
    while (at < text.length) {
      int end = indexOf('\n', at, text.length);
      if (text[at] >= 'A' && text[at] <= 'Z') {
        addMessage(prefix, at, end);
      } else if (text[at] == 'p') {
        prefix = word(string(at, end), 1).concat(".");
      } else if (text[at] == 'k') {
        found.add(new String[] {prefix, string(at, end)});
      }
      at = end + 1;
    }
    for (String[] one : found) {
      addKind(one[0], one[1]);
    }
  }

  private void addMessage(String prefix, int at, int end) {
    int nameEnd = indexOf(' ', at, end);
    int formEnd = indexOf(' ', nameEnd + 1, end);
    Form form = text[nameEnd + 1] == '-' ? Form.STRUCT : Form.of(string(nameEnd + 1, formEnd));
    String name = prefix.concat(string(at, nameEnd));
    messages.put(name, new MessageTable(this, name, form, Math.min(formEnd + 1, end), end));
  }

  private void addKind(String prefix, String line) {
    String apiVersion = word(line, 1);
    String kind = word(line, 2);
    int alias = kind.indexOf('=');
    String message = prefix.concat(kind.substring(alias + 1));
    kind = alias < 0 ? kind : kind.substring(0, alias);
    Map<String, KnownKind> ofVersion = kinds.get(apiVersion);
    if (ofVersion == null) {
      ofVersion = new HashMap<>();
      kinds.put(apiVersion, ofVersion);
    }
    ofVersion.put(kind, new KnownKind(apiVersion, kind, messageOrThrow(message)));
  }

  /** Parses {@code NUMBER:NAME:TYPE[:FLAGS]}, separated by spaces. */
  List<Field> parseFields(MessageTable owner, int from, int to) {
    List<Field> fields = new ArrayList<>();
    String prefix = owner.name().substring(0, owner.name().lastIndexOf('.') + 1);
    int at = from;
    while (at < to) {
      int end = indexOf(' ', at, to);
      fields.add(parseField(prefix, string(at, end).split(":", -1)));
      at = end + 1;
    }
    return List.copyOf(fields);
  }

  private Field parseField(String prefix, String[] parts) {
    String type = parts[2];
    Field.Count count =
        switch (type.charAt(0)) {
          case '[' -> Field.Count.LIST;
          case '{' -> Field.Count.MAP;
          default -> Field.Count.ONE;
        };
    if (count != Field.Count.ONE) {
      type = type.substring(1);
    }
    String flags = parts.length > 3 ? parts[3] : "";
    return new Field(
        Integer.parseInt(parts[0]),
        parts[1],
        type(type),
        count,
        message(prefix, type),
        flags.indexOf('*') >= 0,
        flags.indexOf('?') >= 0,
        flags.indexOf('0') >= 0,
        flags.indexOf('^') >= 0);
  }

  private static Field.Type type(String text) {
    return switch (text) {
      case "s" -> Field.Type.STRING;
      case "b" -> Field.Type.BOOL;
      case "i" -> Field.Type.INTEGER;
      case "d" -> Field.Type.DOUBLE;
      case "y" -> Field.Type.BYTES;
      default -> Field.Type.MESSAGE;
    };
  }

  private @Nullable MessageTable message(String prefix, String type) {
    if (type.length() == 1) {
      return null;
    }
    return messageOrThrow(type.indexOf('.') < 0 ? prefix.concat(type) : type);
  }

  private MessageTable messageOrThrow(String name) {
    MessageTable found = messages.get(name);
    if (found == null) {
      throw new IllegalStateException("the field tables refer to a message they lack: " + name);
    }
    return found;
  }

  private static String word(String line, int index) {
    return line.split(" ", -1)[index];
  }

  private int indexOf(char wanted, int at, int end) {
    while (at < end && text[at] != wanted) {
      at++;
    }
    return at;
  }

  private String string(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.US_ASCII);
  }
}
