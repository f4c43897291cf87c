package dev.freshet.testkit.fault;

import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What both sides of HTTP/2 here have in common. */
final class Http2 {
  private static final int NO_LIMIT = 0;
  private static final String PSEUDO = ":";

  private Http2() {}

  /** A codec for a server that a test may make behave badly. */
  static Http2FrameCodec server() {
    // Its defences against a flood of resets would end connections that a test resets on purpose.
    return Http2FrameCodecBuilder.forServer()
        .decoderEnforceMaxRstFramesPerWindow(NO_LIMIT, NO_LIMIT)
        .encoderEnforceMaxRstFramesPerWindow(NO_LIMIT, NO_LIMIT)
        .build();
  }

  /** The header fields of a request, without those that HTTP/2 made of its first line. */
  static Map<String, List<String>> fields(Http2Headers headers) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (var field : headers) {
      String name = field.getKey().toString();
      if (!name.startsWith(PSEUDO)) {
        fields.computeIfAbsent(name, any -> new ArrayList<>()).add(field.getValue().toString());
      }
    }
    return fields;
  }

  /** A request without its body. */
  static Request request(Http2Headers headers, String body, long connection) {
    return Request.of(
        headers.method().toString(), headers.path().toString(), fields(headers), body, connection);
  }
}
