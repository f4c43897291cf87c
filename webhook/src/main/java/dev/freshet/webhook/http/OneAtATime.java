package dev.freshet.webhook.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Lets the next request of a connection through once the one before is answered.
 *
 * <p>While a request is in work the connection is still read, since nothing else shows that a
 * client went away, until something of the next request comes; that waits here, one read of the
 * socket at most, and no more is read. So a client that pipelines is not missed until its turn.
 */
final class OneAtATime extends ChannelInboundHandlerAdapter {

  private final Queue<Object> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean ended;

  @Override
  public void channelRead(ChannelHandlerContext context, Object part) {
    waiting.add(part);
    pass(context);
  }

  /** The request before is answered. */
  void next(Channel channel) {
    busy = false;
    @Nullable ChannelHandlerContext context = channel.pipeline().context(this);
    // None any more if the connection closed meanwhile.
    if (context != null) {
      pass(context);
    }
  }

  /** Nothing is read or passed on any more. */
  void end(Channel channel) {
    ended = true;
    channel.config().setAutoRead(false);
  }

  private void pass(ChannelHandlerContext context) {
    while (!busy && !ended && !waiting.isEmpty()) {
      Object part = waiting.remove();
      busy = part instanceof LastHttpContent;
      // May come back here by next(), not too deep: Netty bounds how listeners nest.
      context.fireChannelRead(part);
    }
    if (!ended) {
      context.channel().config().setAutoRead(waiting.isEmpty());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    context.fireChannelInactive();
  }
}
