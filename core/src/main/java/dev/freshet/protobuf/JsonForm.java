package dev.freshet.protobuf;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What the API server's JSON holds, made from its protobuf: same members, same values, same order.
 *
 * <p>Where the formats cannot say the same:
 *
 * <table>
 *   <caption>Differences</caption>
 *   <tr><th>what</th><th>JSON of the server</th><th>made here</th></tr>
 *   <tr><td>a list, map or byte string that must be there and has no elements
 *     <td>{@code null}, or {@code []} in the answer to who just wrote it so <td>{@code null}
 *   <tr><td>kind and apiVersion of an item of a list <td>absent <td>present
 *   <tr><td>a field of a newer server than the tables <td>present <td>absent
 *   <tr><td>white space inside raw JSON (RawExtension, FieldsV1, JSON) <td>none <td>as stored
 *   <tr><td>a field that comes twice where one is due, which no server writes
 *     <td>merged <td>the later one
 * </table>
 *
 * <p>All methods fail with a {@code MalformedResponseException} on bytes that are not the message,
 * and with a {@code LimitExceededException} on nesting beyond {@link Cursor#MAX_NESTING}.
 */
public final class JsonForm {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Cursor bounds the nesting; a message of a list is one level there and two here.
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(2 * Cursor.MAX_NESTING + 2).build())
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private JsonForm() {}

  /** A whole object in UTF-8, with its kind and apiVersion. */
  public static byte[] of(KnownKind kind, byte[] message) {
    return write(writer -> writer.object(kind, new Cursor(message)));
  }

  /** A message, of which the cursor stands at the start and which reaches to its limit. */
  public static byte[] ofMessage(MessageTable table, Cursor cursor) {
    return write(writer -> writer.message(table, cursor));
  }

  /**
   * The object that the message would be if it had but one field: one member, or none if JSON
   * leaves the field out.
   */
  public static byte[] ofMember(MessageTable table, Field field, Cursor cursor) {
    return write(writer -> writer.member(table, field, cursor));
  }

  /** One value of a field, at which the cursor stands: of many, or of an array. */
  public static byte[] ofValue(Field field, Cursor cursor) {
    return write(writer -> writer.value(field, cursor));
  }

  private static byte[] write(Consumer<JsonWriter> write) {
    var bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write.accept(new JsonWriter(out));
    }
    return bytes.toByteArray();
  }
}
