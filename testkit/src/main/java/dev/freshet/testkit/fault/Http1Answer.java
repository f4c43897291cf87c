package dev.freshet.testkit.fault;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Map;

/** An answer on an HTTP/1.1 connection: chunked, unless its headers state a length. */
record Http1Answer(Channel channel) implements AnswerStream {
  @Override
  public void start(int status, Map<String, String> headers) {
    var response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    headers.forEach(response.headers()::add);
    if (!response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    Sockets.send(channel, response);
  }

  @Override
  public Future<?> send(byte[] bytes) {
    return channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
  }

  @Override
  public void end() {
    Sockets.send(channel, LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Override
  public void reset(StreamError error) {
    Sockets.cut(channel);
  }
}
