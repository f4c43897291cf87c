package dev.freshet.testkit.fault;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/** Last words and abrupt ends of connections. From any thread. */
final class Sockets {
  private static final int RESET_AT_ONCE = 0;

  private Sockets() {}

  /** Sends at once. What cannot leave is lost, as on a network: only the other side can tell. */
  static void send(Channel channel, Object message) {
    var unused = channel.writeAndFlush(message);
  }

  /** Resets the connection (RST); bytes that have not left are lost. */
  static void cut(Channel channel) {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, RESET_AT_ONCE);
                closeBelowTls(channel);
              }
            });
  }

  /** Ends the connection (FIN) after what has been written; TLS sees a truncation. */
  static void end(Channel channel) {
    channel.eventLoop().execute(() -> closeBelowTls(channel));
  }

  private static void closeBelowTls(Channel channel) {
    // From the first handler on, a close reaches no other: neither close_notify nor GOAWAY.
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first != null) {
      close(first);
    }
  }

  /** Closes a connection or stream that has failed. */
  static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
