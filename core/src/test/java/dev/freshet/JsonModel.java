package dev.freshet;

import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;
import java.nio.charset.StandardCharsets;

/** The objects of a kind as their JSON text, for tests. */
record JsonModel(ResourceType type) implements Model<String> {

  @Override
  public String decode(Body body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
