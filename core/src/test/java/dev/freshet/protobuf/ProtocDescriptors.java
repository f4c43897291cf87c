package dev.freshet.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The messages of the published .proto files, as protoc understood them. */
final class ProtocDescriptors {

  private static final String RESOURCE = "/dev/freshet/kubernetes/descriptors.pb.gz";

  private final Map<String, FileDescriptorProto> files = new HashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();
  private final Map<String, Descriptor> messages = new HashMap<>();

  ProtocDescriptors() {
    try (InputStream in = ProtocDescriptors.class.getResourceAsStream(RESOURCE);
        InputStream unzipped = new GZIPInputStream(Objects.requireNonNull(in))) {
      FileDescriptorSet.parseFrom(unzipped)
          .getFileList()
          .forEach(file -> files.put(file.getName(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.keySet().forEach(this::build);
    for (FileDescriptor file : built.values()) {
      file.getMessageTypes().forEach(message -> messages.put(message.getFullName(), message));
    }
  }

  /** A message by the name that the field tables have for it, which lacks the start. */
  Descriptor message(String name) {
    return messages.entrySet().stream()
        .filter(message -> message.getKey().endsWith("." + name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private FileDescriptor build(String name) {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto file = Objects.requireNonNull(files.get(name));
    FileDescriptor[] imports =
        file.getDependencyList().stream().map(this::build).toArray(FileDescriptor[]::new);
    try {
      FileDescriptor found = FileDescriptor.buildFrom(file, imports);
      built.put(name, found);
      return found;
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }
}
