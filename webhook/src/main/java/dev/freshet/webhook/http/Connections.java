package dev.freshet.webhook.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Equips a new connection: TLS with the keys of the moment, HTTP/1.1, exchanges. */
final class Connections extends ChannelInitializer<Channel> {

  private final Supplier<SslContext> tls;
  private final Reception reception;
  private final HttpLimits limits;
  private final BooleanSupplier draining;
  private final AnswerCounts answers;

  Connections(
      Supplier<SslContext> tls,
      Reception reception,
      HttpLimits limits,
      BooleanSupplier draining,
      AnswerCounts answers) {
    this.tls = tls;
    this.reception = reception;
    this.limits = limits;
    this.draining = draining;
    this.answers = answers;
  }

  @Override
  protected void initChannel(Channel channel) {
    SslHandler handshake = tls.get().newHandler(channel.alloc());
    handshake.setHandshakeTimeoutMillis(limits.deadlines().handshake().toMillis());
    channel.pipeline().addLast(handshake);
    addHttp(channel.pipeline());
  }

  /** All but TLS. */
  void addHttp(ChannelPipeline pipeline) {
    var requests = new OneAtATime();
    pipeline.addLast(
        new Arriving(),
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpLimits.MAX_LINE_BYTES)
                .setMaxHeaderSize(limits.maxHeaderBytes())),
        new WriteTimeoutHandler(limits.deadlines().write().toNanos(), TimeUnit.NANOSECONDS),
        requests,
        new Exchanges(reception, limits, draining, requests, answers));
  }
}
