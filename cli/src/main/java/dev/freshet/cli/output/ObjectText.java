package dev.freshet.cli.output;

import dev.freshet.Row;
import dev.freshet.object.ResourceVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Objects as JSON or YAML, laid out and with keys sorted as kubectl does. A list is written object
 * by object, so only one is decoded at a time.
 */
final class ObjectText {

  private static final KubernetesSerialization SERIALIZATION =
      new KubernetesSerialization(new ObjectMapper(), false);
  private static final int JSON_INDENT = 4;

  private final ObjectWriter writer;
  private final boolean newlineAfter;

  private ObjectText(ObjectWriter writer, boolean newlineAfter) {
    this.writer =
        writer
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    this.newlineAfter = newlineAfter;
  }

  static ObjectText json() {
    var indenter = new DefaultIndenter(" ".repeat(JSON_INDENT), "\n");
    var layout =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    return new ObjectText(new JsonMapper().writer().with(layout), true);
  }

  /** JSON without line breaks: one document is one line. */
  static ObjectText jsonLine() {
    return new ObjectText(new JsonMapper().writer(), true);
  }

  static ObjectText yaml() {
    var mapper =
        YAMLMapper.builder(
                YAMLFactory.builder()
                    .stringQuotingChecker(new YamlQuoting())
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .build())
            .build();
    return new ObjectText(mapper.writer(), false);
  }

  void one(PrintStream out, Row<GenericKubernetesResource> row) {
    try (JsonGenerator generator = writer.createGenerator(out)) {
      writer.writeValue(generator, tree(row));
    }
    end(out);
  }

  /** An event, as the API server's watch writes it. */
  void event(PrintStream out, String type, Row<GenericKubernetesResource> row) {
    Map<String, Object> event = new TreeMap<>();
    event.put("object", tree(row));
    event.put("type", type);
    try (JsonGenerator generator = writer.createGenerator(out)) {
      writer.writeValue(generator, event);
    }
    end(out);
  }

  /** A {@code List} with the version of the collection. */
  void list(PrintStream out, List<Row<GenericKubernetesResource>> rows, ResourceVersion version) {
    try (JsonGenerator generator = writer.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeStringProperty("apiVersion", "v1");
      generator.writeName("items");
      generator.writeStartArray();
      for (Row<GenericKubernetesResource> row : rows) {
        writer.writeValue(generator, tree(row));
        if (out.checkError()) {
          break; // Nobody reads any more, as under "| head".
        }
      }
      generator.writeEndArray();
      generator.writeStringProperty("kind", "List");
      generator.writeName("metadata");
      writer.writeValue(generator, Map.of("resourceVersion", version.text()));
      generator.writeEndObject();
    }
    end(out);
  }

  private static Map<?, ?> tree(Row<GenericKubernetesResource> row) {
    return SERIALIZATION.convertValue(row.object(), TreeMap.class);
  }

  private void end(PrintStream out) {
    if (newlineAfter) {
      out.println();
    }
    out.flush();
  }
}
