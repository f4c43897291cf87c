package dev.freshet.bench;

import dev.freshet.codec.Codec;
import dev.freshet.codec.JsonCodec;
import dev.freshet.codec.ProtobufCodec;
import dev.freshet.object.Body;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Cursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The Pods of {@link CapturePods}, in both formats and in the same order. */
final class PodAnswers {

  /** How many Pods there are: more than gzip remembers, so that it finds none a second time. */
  static final int KEPT = 80;

  /** Bytes of one chunk, as the network gives them. */
  private static final int CHUNK_BYTES = 16 << 10;

  private static final int MAGIC_BYTES = 4;

  private PodAnswers() {}

  static byte[] protobufList() {
    return read("pods.pb.gz");
  }

  static byte[] jsonList() {
    return read("pods.json.gz");
  }

  /** Each Pod as it stands in the protobuf list, managedFields included. */
  static List<byte[]> protobufPods() {
    byte[] list = protobufList();
    List<byte[]> pods = new ArrayList<>();
    Cursor cursor = new Cursor(list, MAGIC_BYTES, list.length);
    while (cursor.next()) {
      if (cursor.number() != 2) {
        cursor.skip();
        continue;
      }
      int outer = cursor.enter();
      while (cursor.next()) {
        if (cursor.number() == 2) {
          pods.add(cursor.bytes());
        } else {
          cursor.skip();
        }
      }
      cursor.leave(outer);
    }
    return pods;
  }

  /** A Pod's message with another version. */
  static byte[] atVersion(byte[] pod, long version) {
    Cursor cursor = new Cursor(pod);
    cursor.next();
    // Of a field that comes twice the last one counts.
    byte[] metadata =
        new WireMessage().verbatim(cursor.bytes()).field(6, Long.toString(version)).toBytes();
    byte[] rest = Arrays.copyOfRange(pod, cursor.place(), pod.length);
    return new WireMessage().field(1, metadata).verbatim(rest).toBytes();
  }

  /** Each Pod as it stands in the JSON list, managedFields included. */
  static List<byte[]> jsonPods() {
    ObjectMapper mapper = new ObjectMapper();
    List<byte[]> pods = new ArrayList<>();
    for (JsonNode item : mapper.readTree(jsonList()).get("items")) {
      pods.add(mapper.writeValueAsBytes(item));
    }
    return pods;
  }

  /** The Pods as Freshet keeps them, without managedFields. */
  static List<StoredObject> kept(boolean protobuf) {
    List<StoredObject> rows = new ArrayList<>();
    Codec codec = protobuf ? ProtobufCodec.INSTANCE : JsonCodec.INSTANCE;
    var decoder = codec.list(rows::add);
    decoder.push(ByteBuffer.wrap(protobuf ? protobufList() : jsonList()));
    decoder.end();
    return rows;
  }

  /** The bodies of the Pods, with or without managedFields. */
  static List<Body> bodies(boolean protobuf, boolean managedFields) {
    List<Body> kept = kept(protobuf).stream().map(StoredObject::body).toList();
    if (!managedFields) {
      return kept;
    }
    Body.Encoding encoding = kept.getFirst().encoding();
    List<byte[]> raw = protobuf ? protobufPods() : jsonPods();
    return raw.stream().map(bytes -> Body.of(bytes, encoding)).toList();
  }

  /** A protobuf list of no Pods. */
  static byte[] emptyList(long version) {
    return PodListMessage.head(version, 0);
  }

  /** An answer in chunks, whose first and last are around as many copies of the Pods. */
  static List<byte[]> longAnswer(boolean protobuf, int pods) {
    var items = new ByteArrayOutputStream();
    return protobuf ? longProtobuf(items, pods) : longJson(items, pods);
  }

  private static List<byte[]> longJson(ByteArrayOutputStream items, int pods) {
    for (byte[] pod : jsonPods()) {
      items.write(',');
      items.writeBytes(pod);
    }
    List<byte[]> answer = new ArrayList<>();
    byte[] first = items.toByteArray();
    first[0] = '[';
    answer.add(
        "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":"
            .getBytes(StandardCharsets.US_ASCII));
    addChunks(answer, first);
    byte[] next = items.toByteArray();
    List<byte[]> again = new ArrayList<>();
    addChunks(again, next);
    for (int i = KEPT; i < pods; i += KEPT) {
      answer.addAll(again);
    }
    answer.add(new byte[] {']', '}'});
    return answer;
  }

  private static List<byte[]> longProtobuf(ByteArrayOutputStream items, int pods) {
    protobufPods().forEach(pod -> items.writeBytes(PodListMessage.item(pod)));
    List<byte[]> again = new ArrayList<>();
    addChunks(again, items.toByteArray());
    List<byte[]> answer = new ArrayList<>();
    answer.add(PodListMessage.head((long) items.size() * (pods / KEPT)));
    for (int i = 0; i < pods; i += KEPT) {
      answer.addAll(again);
    }
    return answer;
  }

  /** A protobuf list in which so many copies of each Pod follow each other, as replicas do. */
  static List<byte[]> replicas(int copies) {
    var items = new ByteArrayOutputStream();
    for (byte[] pod : protobufPods()) {
      for (int i = 0; i < copies; i++) {
        items.writeBytes(PodListMessage.item(pod));
      }
    }
    List<byte[]> answer = new ArrayList<>();
    answer.add(PodListMessage.head(items.size()));
    addChunks(answer, items.toByteArray());
    return answer;
  }

  private static void addChunks(List<byte[]> chunks, byte[] bytes) {
    for (int at = 0; at < bytes.length; at += CHUNK_BYTES) {
      chunks.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK_BYTES)));
    }
  }

  /** The chunks of an answer that is one array. */
  static List<byte[]> chunks(byte[] answer) {
    List<byte[]> chunks = new ArrayList<>();
    addChunks(chunks, answer);
    return chunks;
  }

  private static byte[] read(String name) {
    try (InputStream in = PodAnswers.class.getResourceAsStream(name);
        InputStream unzipped = new GZIPInputStream(Objects.requireNonNull(in))) {
      return unzipped.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
