package dev.freshet.webhook.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells of bytes before they are a request, for the deadline that begins with the first one. */
@Sharable
final class Arriving extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    context.fireUserEventTriggered(Signal.BYTES);
    context.fireChannelRead(bytes);
  }
}
