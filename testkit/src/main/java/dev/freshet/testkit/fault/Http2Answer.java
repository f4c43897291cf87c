package dev.freshet.testkit.fault;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.Map;

/** An answer on a stream of an HTTP/2 connection. */
record Http2Answer(Channel stream) implements AnswerStream {
  @Override
  public void start(int status, Map<String, String> headers) {
    var fields = new DefaultHttp2Headers().status(Integer.toString(status));
    headers.forEach((name, value) -> fields.add(name.toLowerCase(Locale.ROOT), value));
    Sockets.send(stream, new DefaultHttp2HeadersFrame(fields));
  }

  @Override
  public Future<?> send(byte[] bytes) {
    return stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes)));
  }

  @Override
  public void end() {
    Sockets.send(stream, new DefaultHttp2DataFrame(true));
  }

  @Override
  public void reset(StreamError error) {
    Sockets.send(stream, new DefaultHttp2ResetFrame(error.code()));
  }
}
