package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/** One TCP connection of a client to the fault server. Thread-safe. */
public final class ClientConnection {
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(10);

  private final long id;
  private final Channel channel;

  ClientConnection(long id, Channel channel) {
    this.id = id;
    this.channel = channel;
  }

  /** Its number, counted from 1 in the order of arrival. */
  public long id() {
    return id;
  }

  /** Whether it is open on this side. */
  public boolean isOpen() {
    return channel.isActive();
  }

  /** Whether it speaks HTTP/2. */
  public boolean isHttp2() {
    return channel.pipeline().get(Http2FrameCodec.class) != null;
  }

  /**
   * Says that no further request is taken on this connection (GOAWAY without an error), as an API
   * server does that shuts down or spreads its clients; what is in progress goes on. HTTP/2 only.
   */
  public void goAway() {
    if (!isHttp2()) {
      throw new TestkitException("Connection #" + id + " is HTTP/1.1, which has no GOAWAY.");
    }
    Sockets.send(channel, new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
  }

  /** Resets it (RST): the client may lose even what was sent before. */
  public void cut() {
    Sockets.cut(channel);
    awaitClosed();
  }

  /** Ends it after all that was sent (FIN), without the farewells of HTTP/2 and TLS. */
  public void end() {
    Sockets.end(channel);
    awaitClosed();
  }

  /**
   * Reads nothing more from it, so that neither requests nor PINGs are answered, and leaves it
   * open: a peer that has gone without a word. What is pushed still leaves. What comes after this
   * returns is not read.
   */
  public void freeze() {
    // From another thread than the connection's own, a read that is asked for already still
    // happens.
    Future<?> frozen =
        channel
            .eventLoop()
            .submit(
                () -> {
                  channel.pipeline().addFirst(new Deaf());
                  channel.config().setAutoRead(false);
                });
    if (!frozen.awaitUninterruptibly(CLOSES_WITHIN.toMillis())) {
      throw new TestkitException("Connection #" + id + " does not freeze.");
    }
  }

  private void awaitClosed() {
    if (!channel.closeFuture().awaitUninterruptibly(CLOSES_WITHIN.toMillis())) {
      throw new TestkitException(
          "Connection #%d is still open after %d s, a defect of the fault server."
              .formatted(id, CLOSES_WITHIN.toSeconds()));
    }
  }

  /** Keeps the handlers above from asking the socket for more. */
  private static final class Deaf extends ChannelOutboundHandlerAdapter {
    @Override
    public void read(ChannelHandlerContext context) {}
  }
}
