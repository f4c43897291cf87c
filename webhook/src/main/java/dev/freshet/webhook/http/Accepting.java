package dev.freshet.webhook.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes new connections into the books, up to a limit; one more is closed at once. */
final class Accepting extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);

  private final ChannelGroup connections;
  private final int maxConnections;

  Accepting(ChannelGroup connections, int maxConnections) {
    this.connections = connections;
    this.maxConnections = maxConnections;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    var connection = (Channel) accepted;
    if (connections.size() >= maxConnections) {
      LOG.debug("Closed a connection: there are {} already", maxConnections);
      connection.unsafe().closeForcibly();
      return;
    }
    // Here, and not once an event loop has it: after this thread has closed the port, all are in.
    connections.add(connection);
    context.fireChannelRead(connection);
  }
}
