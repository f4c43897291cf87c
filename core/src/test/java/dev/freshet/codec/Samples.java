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

/** Objects of each kind in protobuf and in JSON, made by Kubernetes' own code. */
final class Samples {

  /** One object in both formats. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sample(String name, byte[] protobuf, byte[] json) {

    @Override
    public String toString() {
      return name;
    }
  }

  private Samples() {}

  /** What the Kubernetes modules publish: one object of each kind, filled in every field. */
  static List<Sample> full() {
    return read("samples.zip");
  }

  /** An empty object of each kind and some that have a few fields, odd values among them. */
  static List<Sample> sparse() {
    return read("sparse.zip");
  }

  private static List<Sample> read(String archive) {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = Samples.class.getResourceAsStream("/dev/freshet/kubernetes/" + archive);
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
    return full().stream().filter(sample -> sample.name().equals(name)).findFirst().orElseThrow();
  }
}
