package dev.freshet.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The objects that the Kubernetes modules publish in protobuf and in JSON, one of each kind. */
final class Samples {

  /** One object, filled in every field. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sample(String name, byte[] protobuf, byte[] json) {

    @Override
    public String toString() {
      return name;
    }
  }

  private Samples() {}

  static List<Sample> all() {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = Samples.class.getResourceAsStream("/dev/freshet/kubernetes/samples.zip");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Sample> samples = new ArrayList<>();
    files.forEach(
        (name, bytes) -> {
          if (name.endsWith(".pb")) {
            String base = name.substring(0, name.length() - ".pb".length());
            samples.add(new Sample(base, bytes, Objects.requireNonNull(files.get(base + ".json"))));
          }
        });
    return samples;
  }

  static Sample named(String name) {
    return all().stream().filter(sample -> sample.name().equals(name)).findFirst().orElseThrow();
  }
}
