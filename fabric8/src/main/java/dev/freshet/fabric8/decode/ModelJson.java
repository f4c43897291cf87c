package dev.freshet.fabric8.decode;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/** JSON to model classes by fabric8's own mapper: what everything here must agree with. */
final class ModelJson {

  /** Made when JSON is first met: it costs much of a second, and protobuf needs it rarely. */
  private static final class Loaded {
    static final ObjectMapper MAPPER = new Configured().mapper();
  }

  private ModelJson() {}

  /** A reader of one type, made when first needed; thread-safe. */
  static Reader reader(Type type) {
    return new Reader(type);
  }

  /** Reads one type. */
  static final class Reader {
    private final Type type;
    private volatile @Nullable ObjectReader found;

    private Reader(Type type) {
      this.type = type;
    }

    Object readValue(byte[] json) {
      ObjectReader reader = found;
      if (reader == null) {
        reader = Loaded.MAPPER.readerFor(Loaded.MAPPER.constructType(type));
        found = reader;
      }
      return reader.readValue(json);
    }
  }

  /** fabric8 hands its configured mapper to subclasses only. */
  private static final class Configured extends KubernetesSerialization {
    private @Nullable ObjectMapper configured;

    @Override
    protected ObjectMapper configureMapper(ObjectMapper mapper) {
      ObjectMapper done = super.configureMapper(mapper);
      configured = done;
      return done;
    }

    ObjectMapper mapper() {
      if (configured == null) {
        // It configures its mapper at the first use.
        asJson("");
      }
      if (configured == null) {
        throw new IllegalStateException("fabric8 has not configured a JSON mapper");
      }
      return configured;
    }
  }
}
