package dev.freshet.bench;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;

/**
 * protobuf-java's Pod: the class that the current protoc makes of the published {@code .proto}
 * files. {@code ./build jmh} makes it, since it is too much source to compile with each build.
 */
final class ProtocPod {

  private static final String POD = "k8s.io.api.core.v1.Generated$Pod";

  private ProtocPod() {}

  /** The parser that {@code Pod.parseFrom} calls. */
  @SuppressWarnings("unchecked") // every generated class has such a method
  static Parser<? extends Message> parser() {
    try {
      return (Parser<? extends Message>) Class.forName(POD).getMethod("parser").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("protoc's classes are missing; start with ./build jmh", e);
    }
  }
}
