package dev.freshet.request;

import dev.freshet.discovery.ServedKind;
import dev.freshet.object.ResourceType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one {@code APIGroupDiscoveryList}. For one use. */
final class DiscoveryDocument {

  private final JsonParser parser;
  private final List<ServedKind> kinds;

  DiscoveryDocument(JsonParser parser, List<ServedKind> kinds) {
    this.parser = parser;
    this.kinds = kinds;
  }

  void read() {
    parser.nextToken();
    members(
        name -> {
          if (name.equals("items")) {
            elements(this::group);
          } else {
            parser.skipChildren();
          }
        });
  }

  private void group() {
    String[] group = {""};
    members(
        name -> {
          switch (name) {
            case "metadata" ->
                members(
                    field -> {
                      if (field.equals("name")) {
                        group[0] = parser.getString();
                      } else {
                        parser.skipChildren();
                      }
                    });
            case "versions" -> elements(() -> version(group[0]));
            default -> parser.skipChildren();
          }
        });
  }

  private void version(String group) {
    List<Draft> drafts = new ArrayList<>();
    String[] version = {""};
    members(
        name -> {
          switch (name) {
            case "version" -> version[0] = parser.getString();
            case "resources" -> elements(() -> drafts.add(resource()));
            default -> parser.skipChildren();
          }
        });
    drafts.forEach(draft -> kinds.add(draft.of(group, version[0])));
  }

  private Draft resource() {
    Draft draft = new Draft();
    members(
        name -> {
          switch (name) {
            case "resource" -> draft.plural = parser.getString();
            case "singularResource" -> draft.singular = parser.getString();
            case "scope" -> draft.namespaced = parser.getString().equals("Namespaced");
            case "responseKind" ->
                members(
                    field -> {
                      if (field.equals("kind")) {
                        draft.kind = parser.getString();
                      } else {
                        parser.skipChildren();
                      }
                    });
            case "shortNames" -> elements(() -> draft.shortNames.add(parser.getString()));
            case "verbs" -> elements(() -> draft.verbs.add(parser.getString()));
            default -> parser.skipChildren();
          }
        });
    return draft;
  }

  private interface Member {
    void read(String name);
  }

  /** Standing on an object, or null: reads each member, standing on its value. */
  private void members(Member member) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name);
    }
  }

  /** Standing on an array, or null: reads each element, standing on it. */
  private void elements(Runnable element) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  /** A resource whose group and version are not known yet. */
  private static final class Draft {
    private String plural = "";
    private String singular = "";
    private String kind = "";
    private boolean namespaced;
    private final List<String> shortNames = new ArrayList<>();
    private final List<String> verbs = new ArrayList<>();

    ServedKind of(String group, String version) {
      return new ServedKind(
          new ResourceType(group, version, plural, kind, namespaced), singular, shortNames, verbs);
    }
  }
}
