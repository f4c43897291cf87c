package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;

/** HTTP/2 connections to one API server with one user's certificate. */
final class Upstream {
  private static final int CONNECT_WITHIN_MILLIS = 10_000;
  private static final int TLS_PORT = 443;

  /** What held streams of one connection may leave unread together: 256 of 64 KiB. */
  private static final int CONNECTION_WINDOW_BYTES = 16 << 20;

  private final InetSocketAddress server;
  private final SslContext tls;

  Upstream(Config config) {
    URI uri = URI.create(config.getMasterUrl());
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new TestkitException(
          "Cannot speak HTTP/2 to " + uri + ". Give a configuration with https://host:port.");
    }
    server = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? TLS_PORT : uri.getPort());
    try {
      tls =
          new JdkSslContext(
              SSLUtils.sslContext(config),
              true,
              null,
              IdentityCipherSuiteFilter.INSTANCE,
              Endpoint.alpn(List.of(ApplicationProtocolNames.HTTP_2)),
              ClientAuth.NONE,
              null,
              false);
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException("The configuration's certificates cannot be used.", e);
    }
  }

  /** A new connection, once it speaks HTTP/2; fails when it does not come to that. */
  Future<Channel> connect(EventLoop thread) {
    Promise<Channel> ready = thread.newPromise();
    ChannelFuture connecting =
        new Bootstrap()
            .group(thread)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_WITHIN_MILLIS)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    equip(channel, ready);
                  }
                })
            .connect(server);
    connecting.addListener(
        connected -> {
          if (!connected.isSuccess()) {
            ready.tryFailure(connected.cause());
          }
        });
    return ready;
  }

  private void equip(Channel channel, Promise<Channel> ready) {
    SslHandler ssl = tls.newHandler(channel.alloc(), server.getHostString(), server.getPort());
    Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().build();
    channel.pipeline().addLast(ssl, codec, new Http2MultiplexHandler(new NoPush()), new Closing());
    ssl.handshakeFuture()
        .addListener(
            shaken -> {
              if (!shaken.isSuccess()) {
                ready.tryFailure(shaken.cause());
              } else if (!ApplicationProtocolNames.HTTP_2.equals(ssl.applicationProtocol())) {
                ready.tryFailure(new TestkitException(server + " does not speak HTTP/2."));
              } else {
                widen(codec);
                channel.flush();
                ready.trySuccess(channel);
              }
            });
  }

  private static void widen(Http2FrameCodec codec) throws Http2Exception {
    var connection = codec.connection();
    connection
        .local()
        .flowController()
        .incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW_BYTES);
  }

  /** Streams that the server opens: there are none. */
  @ChannelHandler.Sharable
  private static final class NoPush extends ChannelHandlerAdapter {}
}
