package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Status;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a {@link RequestProxy}: a stream of the client's connection, a
 * stream of the server's, and the fault that falls on it. One frame at a time in each direction, so
 * that a side that stops makes the other stop. For the proxy's one thread.
 */
final class Relay {
  private final RequestProxy proxy;
  private final long connection;
  private final Channel client;
  private final Future<Channel> upstream;

  /** What has come from the server and may not pass yet: one frame, and a reset after it. */
  private final Queue<Object> waiting = new ArrayDeque<>();

  private @Nullable Request request;
  private @Nullable Channel server;
  private Optional<Fault> fault = Optional.empty();
  private long passedBytes;
  private boolean over;

  Relay(RequestProxy proxy, long connection, Channel client, Future<Channel> upstream) {
    this.proxy = proxy;
    this.connection = connection;
    this.client = client;
    this.upstream = upstream;
  }

  /** Begins to read the request. */
  void start() {
    client.config().setAutoRead(false);
    client.pipeline().addLast(new Side(this::fromClient, this::clientGone));
    client.read();
  }

  private void fromClient(Object frame) {
    Channel to = server;
    if (request == null && frame instanceof Http2HeadersFrame head) {
      begin(head);
    } else if (to != null && !over) {
      pass(frame, client, to);
    } else {
      ReferenceCountUtil.release(frame);
    }
  }

  private void begin(Http2HeadersFrame head) {
    Request asked = Http2.request(head.headers(), "", connection);
    request = asked;
    fault = proxy.begun(this, asked);
    switch (fault.orElse(null)) {
      case Fault.LoseRequest lose -> breakOff(lose.how());
      case Fault.Refuse refuse -> answer(refuse.failure());
      case null, default -> upstream.addListener(connected -> open(head));
    }
  }

  private void open(Http2HeadersFrame head) {
    if (over) {
      return;
    }
    if (!upstream.isSuccess()) {
      breakOff(Break.CONNECTION);
      return;
    }
    new Http2StreamChannelBootstrap(upstream.getNow())
        .option(ChannelOption.AUTO_READ, false)
        .handler(new Side(this::fromServer, this::serverGone))
        .open()
        .addListener(
            opened -> {
              if (opened.isSuccess()) {
                forward(head, (Channel) opened.getNow());
              } else {
                breakOff(Break.CONNECTION);
              }
            });
  }

  private void forward(Http2HeadersFrame head, Channel stream) {
    server = stream;
    if (over) {
      Sockets.send(stream, new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      return;
    }
    pass(head, client, stream);
    stream.read();
  }

  private void fromServer(Object frame) {
    waiting.add(frame);
    flow();
  }

  /** Lets pass what waits, unless it is held. */
  void flow() {
    Request asked = request;
    while (asked != null && !waiting.isEmpty() && !proxy.holds(asked)) {
      Object frame = waiting.remove();
      switch (over ? null : frame) {
        case Http2ResetFrame reset -> end(new DefaultHttp2ResetFrame(reset.errorCode()));
        case Object piece -> disturb(piece);
        case null -> ReferenceCountUtil.release(frame);
      }
    }
  }

  private void disturb(Object frame) {
    Channel from = server;
    if (from == null) {
      return;
    }
    switch (fault.orElse(null)) {
      case Fault.LoseAnswer lose when isLast(frame) -> swallow(frame, () -> breakOff(lose.how()));
      case Fault.LoseAnswer lose -> swallow(frame, from::read);
      case Fault.ReplaceAnswer other when isLast(frame) ->
          swallow(frame, () -> answer(other.failure()));
      case Fault.ReplaceAnswer other -> swallow(frame, from::read);
      case Fault.CutAnswer cut when frame instanceof Http2DataFrame data -> cut(cut, data, from);
      case null, default -> pass(frame, from, client);
    }
  }

  private static void swallow(Object frame, Runnable then) {
    ReferenceCountUtil.release(frame);
    then.run();
  }

  private void cut(Fault.CutAnswer fault, Http2DataFrame data, Channel from) {
    long left = fault.afterBytes() - passedBytes;
    int bytes = data.content().readableBytes();
    if (bytes < left || (bytes == left && data.isEndStream())) {
      passedBytes += bytes;
      pass(data, from, client);
      return;
    }
    var piece = new DefaultHttp2DataFrame(data.content().readSlice((int) left));
    client.writeAndFlush(piece).addListener(sent -> breakOff(fault.how()));
  }

  private static void pass(Object frame, Channel from, Channel to) {
    boolean last = isLast(frame);
    to.writeAndFlush(detached(frame))
        .addListener(
            sent -> {
              if (sent.isSuccess() && !last) {
                from.read();
              }
            });
  }

  private static boolean isLast(Object frame) {
    return switch (frame) {
      case Http2HeadersFrame headers -> headers.isEndStream();
      case Http2DataFrame data -> data.isEndStream();
      default -> false;
    };
  }

  /** The same frame, for another stream than the one that it came on. */
  private static Object detached(Object frame) {
    return switch (frame) {
      case Http2HeadersFrame headers ->
          new DefaultHttp2HeadersFrame(headers.headers(), headers.isEndStream());
      case Http2DataFrame data -> new DefaultHttp2DataFrame(data.content(), data.isEndStream());
      default -> frame;
    };
  }

  private void answer(Status failure) {
    var answer = new Http2Answer(client);
    answer.start(failure.getCode(), Exchange.JSON);
    var sent = answer.send(Statuses.json(failure).getBytes(UTF_8));
    sent.addListener(any -> answer.end());
    finish();
  }

  private void breakOff(Break how) {
    switch (how) {
      case STREAM -> end(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
      case CONNECTION -> {
        finish();
        Sockets.end(client.parent());
      }
    }
  }

  private void end(Http2ResetFrame reset) {
    Sockets.send(client, reset);
    finish();
  }

  private void clientGone(Optional<Http2ResetFrame> reset) {
    finish();
  }

  private void serverGone(Optional<Http2ResetFrame> reset) {
    if (!over && reset.isPresent()) {
      waiting.add(reset.get());
      flow();
    }
  }

  /** The rest concerns nobody. */
  private void finish() {
    if (over) {
      return;
    }
    over = true;
    proxy.ended(this);
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    Channel open = server;
    if (open != null && open.isActive()) {
      Sockets.send(open, new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }
  }

  /** What one of the two streams reports. */
  private static final class Side extends ChannelInboundHandlerAdapter {
    private final Consumer<Object> frames;
    private final Consumer<Optional<Http2ResetFrame>> gone;

    Side(Consumer<Object> frames, Consumer<Optional<Http2ResetFrame>> gone) {
      this.frames = frames;
      this.gone = gone;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      frames.accept(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame reset) {
        gone.accept(Optional.of(reset));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      gone.accept(Optional.empty());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Sockets.close(context);
    }
  }
}
