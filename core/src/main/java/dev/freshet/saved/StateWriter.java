package dev.freshet.saved;

import dev.freshet.compact.Dictionary;
import dev.freshet.compact.PackedBody;
import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a state, its objects row by row, with packed bytes as they are. For one thread, once. */
final class StateWriter {

  /** Versions of so many digits are written as numbers. */
  private static final int MOST_DIGITS = 18;

  private final StateOutput out;
  private final Written<String> texts;
  private final Written<Labels> labels;
  private final Written<Owner> owners;
  private final Written<Dictionary> dictionaries;
  private final Written<Form> forms;

  StateWriter(StateOutput out) {
    this.out = out;
    this.texts = new Written<>(out, out::text);
    this.labels = new Written<>(out, this::spell);
    this.owners = new Written<>(out, this::spell);
    this.dictionaries = new Written<>(out, dictionary -> out.bytes(dictionary.content()));
    this.forms = new Written<>(out, this::spell);
  }

  void write(String cluster, String scope, Snapshot held, long provenMillis) throws IOException {
    out.text(cluster);
    out.text(scope);
    version(held.frontier());
    out.number(provenMillis);
    List<StoredObject> objects = new ArrayList<>(held.size());
    held.forEach(objects::add);
    out.number(objects.size());
    for (StoredObject object : objects) {
      row(object);
    }
  }

  private void row(StoredObject object) throws IOException {
    texts.write(object.key().namespace());
    out.text(object.key().name());
    out.text(object.uid());
    version(object.resourceVersion());
    labels.write(object.labels());
    Owner owner = object.owner();
    out.isThere(owner != null);
    if (owner != null) {
      owners.write(owner);
    }
    // Once: packing anew may put another one in its place meanwhile.
    Body body = object.body();
    forms.write(Form.of(body));
    switch (body) {
      case PackedBody packed -> {
        out.number(packed.length());
        out.bytes(packed.packed());
      }
      default -> out.bytes(body.bytes());
    }
  }

  private void version(ResourceVersion version) throws IOException {
    boolean isNumber = version.isComparable() && version.text().length() <= MOST_DIGITS;
    out.number(isNumber ? Long.parseLong(version.text()) : 0);
    if (!isNumber) {
      out.text(version.text());
    }
  }

  private void spell(Labels some) throws IOException {
    out.number(some.size());
    for (int i = 0; i < some.size(); i++) {
      texts.write(some.keyAt(i));
      texts.write(some.valueAt(i));
    }
  }

  private void spell(Owner owner) throws IOException {
    texts.write(owner.kind());
    texts.write(owner.name());
    texts.write(owner.uid());
  }

  private void spell(Form form) throws IOException {
    switch (form.encoding()) {
      case Body.Encoding.Json json -> out.text("");
      case Body.Encoding.Protobuf(var kind) -> {
        out.text(kind.kind());
        out.text(kind.apiVersion());
      }
    }
    Optional<Dictionary> dictionary = form.dictionary();
    out.isThere(dictionary.isPresent());
    if (dictionary.isPresent()) {
      dictionaries.write(dictionary.get());
    }
  }
}
