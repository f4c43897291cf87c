package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads the one request of an HTTP/2 stream, and notices when the client gives it up. */
final class Http2Requests extends ChannelInboundHandlerAdapter {
  private final Arrivals arrivals;
  private final ClientConnection connection;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable Http2Headers headers;
  private @Nullable Exchange exchange;

  Http2Requests(Arrivals arrivals, ClientConnection connection) {
    this.arrivals = arrivals;
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      switch (frame) {
        case Http2HeadersFrame head -> {
          headers = headers == null ? head.headers() : headers;
          arriveIf(head.isEndStream(), context);
        }
        case Http2DataFrame data -> {
          append(data.content(), context);
          arriveIf(data.isEndStream(), context);
        }
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void append(ByteBuf bytes, ChannelHandlerContext context) {
    if (body.size() + bytes.readableBytes() > Arrivals.MAX_BODY_BYTES) {
      new Http2Answer(context.channel()).reset(StreamError.CANCEL);
      return;
    }
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    body.writeBytes(copy);
  }

  private void arriveIf(boolean complete, ChannelHandlerContext context) {
    Http2Headers head = headers;
    if (complete && head != null && exchange == null) {
      Request request = Http2.request(head, body.toString(UTF_8), connection.id());
      var answer = new Http2Answer(context.channel());
      exchange = new Exchange(request, connection, answer, arrivals::patience);
      arrivals.add(exchange);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame) {
      gone();
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone();
  }

  private void gone() {
    Exchange given = exchange;
    if (given != null) {
      given.goneAway();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Sockets.close(context);
  }
}
