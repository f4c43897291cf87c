package dev.freshet.codec;

import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Any bytes as a list or a watch in either format. They are read or refused; what comes out does
 * not depend on how they arrive.
 */
public final class StreamFuzz {

  private static final Pattern PLACE = Pattern.compile("at byte [0-9]+");

  private StreamFuzz() {}

  /** What is read, by the two low bits of the first byte. */
  enum Kind {
    PROTOBUF_LIST,
    PROTOBUF_WATCH,
    JSON_LIST,
    JSON_WATCH;

    boolean isJson() {
      return this == JSON_LIST || this == JSON_WATCH;
    }
  }

  /** The entry point that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] input) {
    Kind kind = Kind.values()[FuzzTarget.choice(input, 0) % Kind.values().length];
    int chunks = FuzzTarget.choice(input, 1);
    byte[] bytes = FuzzTarget.rest(input, 2);
    List<String> whole = told(kind, bytes, 0);
    List<String> split = told(kind, bytes, 1 + chunks);
    if (!whole.equals(split)) {
      throw new AssertionError("whole: " + whole + "\nin chunks: " + split);
    }
  }

  private static List<String> told(Kind kind, byte[] bytes, int chunks) {
    List<String> told = new ArrayList<>();
    try {
      switch (kind) {
        case PROTOBUF_LIST -> list(ProtobufCodec.INSTANCE, bytes, chunks, told::add);
        case JSON_LIST -> list(JsonCodec.INSTANCE, bytes, chunks, told::add);
        case PROTOBUF_WATCH -> watch(ProtobufCodec.INSTANCE, bytes, chunks, told::add);
        case JSON_WATCH -> watch(JsonCodec.INSTANCE, bytes, chunks, told::add);
      }
    } catch (RuntimeException e) {
      String refusal = FuzzTarget.refusal(e);
      // The place that an error names may be one in a buffer, and how far Jackson has read ahead.
      told.add(kind.isJson() ? "refused" : PLACE.matcher(refusal).replaceAll(""));
    }
    return told;
  }

  private static void list(Codec codec, byte[] bytes, int chunks, Consumer<String> told) {
    ListDecoder decoder = codec.list(object -> told.accept(text(object)));
    FuzzTarget.inChunks(bytes, chunks, decoder::push);
    told.accept(decoder.end().toString());
  }

  private static void watch(Codec codec, byte[] bytes, int chunks, Consumer<String> told) {
    WatchDecoder decoder = codec.watch(event -> told.accept(text(event)));
    FuzzTarget.inChunks(bytes, chunks, decoder::push);
    decoder.end();
    told.accept("end");
  }

  private static String text(WatchEvent event) {
    return switch (event) {
      case WatchEvent.Added(var object) -> "added " + text(object);
      case WatchEvent.Modified(var object) -> "modified " + text(object);
      case WatchEvent.Deleted(var object) -> "deleted " + text(object);
      case WatchEvent.Bookmark bookmark -> bookmark.toString();
      case WatchEvent.Failed failed -> failed.toString();
    };
  }

  private static String text(StoredObject object) {
    var body = object.body();
    return String.join(
        " ",
        object.key().toString(),
        object.uid(),
        object.resourceVersion().toString(),
        object.labels().toString(),
        String.valueOf(object.owner()),
        body.encoding().toString(),
        body.heldBytes() + " bytes",
        Integer.toHexString(Arrays.hashCode(body.bytes())));
  }
}
