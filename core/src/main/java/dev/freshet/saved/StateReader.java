package dev.freshet.saved;

import dev.freshet.compact.Dictionary;
import dev.freshet.compact.PackedBody;
import dev.freshet.compact.Packer;
import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.KnownKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link StateWriter} wrote: a few objects for each row, and nothing unpacked. For one
 * thread, once.
 */
final class StateReader {

  /** A row without any text is longer. */
  private static final int LEAST_ROW_BYTES = 8;

  /** A label is two texts. */
  private static final int LEAST_LABEL_BYTES = 2;

  private final StateInput in;
  private final Reread<String> texts;
  private final Reread<Labels> labels;
  private final Reread<Owner> owners;
  private final Reread<Dictionary> dictionaries;
  private final Reread<Form> forms;

  StateReader(StateInput in) {
    this.in = in;
    this.texts = new Reread<>(in, in::text);
    this.labels = new Reread<>(in, this::spelledLabels);
    this.owners = new Reread<>(in, () -> new Owner(texts.read(), texts.read(), texts.read()));
    this.dictionaries = new Reread<>(in, this::spelledDictionary);
    this.forms = new Reread<>(in, this::spelledForm);
  }

  /**
   * Reads all of it.
   *
   * @param scope what it must be of
   * @throws UnusableStateException if it is not, or cannot be read here
   */
  SavedState read(String scope) throws IOException {
    String cluster = in.text();
    if (!in.text().equals(scope)) {
      throw new UnusableStateException("it is of another scope");
    }
    ResourceVersion frontier = version();
    long provenMillis = in.number();
    int count = in.count(LEAST_ROW_BYTES);
    List<StoredObject> objects = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      objects.add(row());
    }
    if (!in.isAtEnd() || !frontier.isComparable()) {
      throw UnusableStateException.damaged();
    }
    return new SavedState(cluster, frontier, provenMillis, objects, commonest(objects));
  }

  private StoredObject row() throws IOException {
    String namespace = texts.read();
    ObjectKey key = new ObjectKey(namespace, in.text());
    boolean hasUuid = in.isThere();
    long uidHigh = hasUuid ? in.bits() : 0;
    long uidLow = hasUuid ? in.bits() : 0;
    String otherUid = hasUuid ? "" : in.text();
    ResourceVersion version = version();
    Labels carried = labels.read();
    Owner owner = in.isThere() ? owners.read() : null;
    return hasUuid
        ? new StoredObject(key, uidHigh, uidLow, version, carried, owner, body())
        : new StoredObject(key, otherUid, version, carried, owner, body());
  }

  private Body body() throws IOException {
    Form form = forms.read();
    if (form.packing().isEmpty()) {
      return Body.of(in.bytes(), form.encoding());
    }
    int length = in.small();
    return new PackedBody(form.packing().get(), in.bytes(), length);
  }

  private ResourceVersion version() throws IOException {
    long number = in.number();
    return number > 0 ? ResourceVersion.of(number) : new ResourceVersion(in.text());
  }

  private Labels spelledLabels() throws IOException {
    String[] keysAndValues = new String[2 * in.count(LEAST_LABEL_BYTES)];
    for (int i = 0; i < keysAndValues.length; i++) {
      keysAndValues[i] = texts.read();
    }
    return Labels.ofPairs(keysAndValues);
  }

  private Form spelledForm() throws IOException {
    String kind = in.text();
    Body.Encoding encoding =
        kind.isEmpty() ? Body.Encoding.JSON : new Body.Encoding.Protobuf(known(in.text(), kind));
    return Form.of(encoding, in.isThere() ? Optional.of(dictionaries.read()) : Optional.empty());
  }

  private static KnownKind known(String apiVersion, String kind) throws IOException {
    return FieldTables.get()
        .kind(apiVersion, kind)
        .orElseThrow(() -> new UnusableStateException("it is of a kind that is not known here"));
  }

  private Dictionary spelledDictionary() throws IOException {
    if (Packer.packing().isOff()) {
      throw new UnusableStateException("it is packed, and zstd's native library is missing here");
    }
    return new Dictionary(in.bytes());
  }

  /** The dictionary by which most objects are packed; there is rarely more than one. */
  private Optional<Dictionary> commonest(List<StoredObject> objects) {
    return dictionaries.values().stream()
        .max(
            Comparator.comparingLong(
                one ->
                    objects.stream()
                        .map(StoredObject::body)
                        .filter(body -> body instanceof PackedBody packed && packed.isPackedBy(one))
                        .count()));
  }
}
