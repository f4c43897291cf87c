package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.CertificateAuthority;
import dev.freshet.testkit.controlplane.Credential;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;

/**
 * A TLS port on 127.0.0.1 with a certificate of an authority of its own, and the one thread that
 * serves it.
 */
final class Endpoint implements AutoCloseable {
  private static final int ONE_THREAD = 1;
  private static final int ANY_PORT = 0;
  private static final int CLIENT_TIMEOUT_MILLIS = 30_000;
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(10);

  private final CertificateAuthority authority = new CertificateAuthority();
  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(ONE_THREAD, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final int port;

  /**
   * Opens one.
   *
   * @param protocols what it offers, the best first
   * @param serve equips a connection that has agreed on a protocol; on the one thread
   */
  Endpoint(List<String> protocols, BiConsumer<Channel, String> serve) {
    SslContext tls = tls(protocols);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channels.add(channel);
                    channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    channel.pipeline().addLast(new Negotiated(serve));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new TestkitException("Cannot listen on 127.0.0.1.", bound.cause());
    }
    channels.add(bound.channel());
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /** Hands a connection on once TLS has said what it speaks. */
  private static final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final BiConsumer<Channel, String> serve;

    Negotiated(BiConsumer<Channel, String> serve) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.serve = serve;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      serve.accept(context.channel(), protocol);
      context.pipeline().addLast(new Closing());
    }

    // A client that goes in the middle of the handshake is what tests do.
    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      Sockets.close(context);
    }
  }

  private SslContext tls(List<String> protocols) {
    Credential serving = authority.serving();
    try {
      return SslContextBuilder.forServer(stream(serving.certificate()), stream(serving.key()))
          .sslProvider(SslProvider.JDK)
          .applicationProtocolConfig(alpn(protocols))
          .build();
    } catch (SSLException e) {
      throw new TestkitException("This JDK cannot serve TLS with our certificate.", e);
    }
  }

  static ApplicationProtocolConfig alpn(List<String> protocols) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(US_ASCII));
  }

  EventLoopGroup thread() {
    return thread;
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + port);
  }

  /** A client configuration that trusts it, without credentials. */
  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(uri().toString())
        .withNamespace("default")
        .withCaCertData(
            Base64.getEncoder().encodeToString(authority.certificate().getBytes(US_ASCII)))
        .withConnectionTimeout(CLIENT_TIMEOUT_MILLIS)
        .withRequestTimeout(CLIENT_TIMEOUT_MILLIS)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  /** Resets all connections. */
  void cutAll() {
    channels.stream().filter(channel -> channel.parent() != null).forEach(Sockets::cut);
  }

  /** Resets all connections, stops listening and ends the thread. */
  @Override
  public void close() {
    channels.forEach(Sockets::cut);
    var ended = thread.shutdownGracefully(0, CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended.awaitUninterruptibly(CLOSES_WITHIN.toMillis())) {
      throw new TestkitException(
          "The thread of a TLS port still runs after %d s, a defect of the testkit."
              .formatted(CLOSES_WITHIN.toSeconds()));
    }
  }
}
