package dev.freshet.codec;

import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.KnownKind;
import dev.freshet.protobuf.WireBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the first inputs of each target, from which the fuzzer starts: published samples, and
 * lists and watches as the API server sends them. The argument is the directory of all corpora.
 */
final class FuzzSeeds {

  /** Which chunking a seed names; any would do. */
  private static final int CHUNKS = 37;

  private final Path root;

  private FuzzSeeds(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws IOException {
    var seeds = new FuzzSeeds(Path.of(args[0]));
    seeds.cursor();
    seeds.streams();
    seeds.gzip();
  }

  private void cursor() throws IOException {
    List<Samples.Sample> sparse = Samples.sparse();
    for (var samples : List.of(Samples.full(), sparse.subList(0, Math.min(400, sparse.size())))) {
      for (Samples.Sample sample : samples) {
        Envelope envelope = new Envelope();
        Cursor cursor = new Cursor(sample.protobuf());
        envelope.enter(cursor, sample.protobuf());
        int kind = CursorFuzz.KINDS.indexOf(knownOrNull(envelope));
        if (kind >= 0) {
          byte[] raw = Arrays.copyOfRange(sample.protobuf(), cursor.place(), cursor.limit());
          write(FuzzTarget.CURSOR, "sample-" + sample.name(), raw, kind);
        }
      }
    }
  }

  private static Object knownOrNull(Envelope envelope) {
    try {
      KnownKind known = envelope.known(0);
      return known;
    } catch (RuntimeException e) {
      return FuzzTarget.refusal(e);
    }
  }

  private void streams() throws IOException {
    WireBytes pod = PodProtobuf.pod("a", "1");
    stream("protobuf-list", StreamFuzz.Kind.PROTOBUF_LIST, PodProtobuf.listAnswer("9", pod, pod));
    stream("protobuf-empty", StreamFuzz.Kind.PROTOBUF_LIST, PodProtobuf.listAnswer("9"));
    stream(
        "protobuf-watch",
        StreamFuzz.Kind.PROTOBUF_WATCH,
        Gzip.joined(
            PodProtobuf.event("ADDED", "Pod", pod),
            PodProtobuf.event("MODIFIED", "Pod", pod),
            PodProtobuf.event("BOOKMARK", "Pod", PodProtobuf.bookmark("4", true)),
            PodProtobuf.event("DELETED", "Pod", pod)));
    stream(
        "protobuf-error",
        StreamFuzz.Kind.PROTOBUF_WATCH,
        PodProtobuf.event(
            "ERROR", "Status", WireBytes.message().text(3, "old").text(4, "Gone").varint(6, 410)));
    String json =
        "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\",\"uid\":\"u\","
            + "\"labels\":{\"app\":\"w\\u00e9b\"},\"managedFields\":[{\"a\":{}}],"
            + "\"ownerReferences\":[{\"kind\":\"R\",\"name\":\"r\",\"uid\":\"x\","
            + "\"controller\":true}]},\"status\":{\"phase\":\"Running\"}}";
    String list = "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[";
    stream("json-list", StreamFuzz.Kind.JSON_LIST, utf8(list + json + "," + json + "]}"));
    String event = "{\"type\":\"ADDED\",\"object\":" + json + "}\n";
    String error = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n";
    stream("json-watch", StreamFuzz.Kind.JSON_WATCH, utf8(event + event + error));
    byte[] sample = Samples.named("api/core.v1.Pod").protobuf();
    stream("protobuf-pod", StreamFuzz.Kind.PROTOBUF_LIST, sample);
  }

  private void stream(String name, StreamFuzz.Kind kind, byte[] bytes) throws IOException {
    write(FuzzTarget.STREAM, name, bytes, List.of(StreamFuzz.Kind.values()).indexOf(kind), CHUNKS);
  }

  private void gzip() throws IOException {
    byte[] text = utf8("{\"items\":[{\"metadata\":{}},{\"metadata\":{}},{\"metadata\":{}}]}");
    write(FuzzTarget.GZIP, "member", Gzip.member(text), 0, CHUNKS);
    int all = Gzip.HEADER_SUM | Gzip.EXTRA | Gzip.NAME | Gzip.COMMENT;
    byte[] two = Gzip.joined(Gzip.member(text, all), Gzip.member(text));
    write(FuzzTarget.GZIP, "members", two, 0, CHUNKS);
    write(FuzzTarget.GZIP, "zeros", Gzip.member(new byte[1 << 18]), 0, CHUNKS);
    write(FuzzTarget.GZIP, "inside", text, 1, CHUNKS);
    write(FuzzTarget.GZIP, "inside-and-behind", Gzip.member(text), 3 | all << 1, CHUNKS);
  }

  private void write(FuzzTarget target, String name, byte[] bytes, int... choices)
      throws IOException {
    byte[] input = new byte[choices.length + bytes.length];
    for (int i = 0; i < choices.length; i++) {
      input[i] = (byte) choices[i];
    }
    System.arraycopy(bytes, 0, input, choices.length, bytes.length);
    Path directory = Files.createDirectories(root.resolve(target.directory()));
    Files.write(directory.resolve("seed-" + name.replace('/', '-')), input);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
