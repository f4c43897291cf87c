package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the requests of an HTTP/1.1 connection, of which one is in progress at a time. */
final class Http1Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Arrivals arrivals;
  private final ClientConnection connection;
  private @Nullable Exchange last;

  Http1Requests(Arrivals arrivals, ClientConnection connection) {
    this.arrivals = arrivals;
    this.connection = connection;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    http.headers()
        .forEach(
            field ->
                headers
                    .computeIfAbsent(
                        field.getKey().toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(field.getValue()));
    Request request =
        Request.of(
            http.method().name(),
            http.uri(),
            headers,
            http.content().toString(UTF_8),
            connection.id());
    last =
        new Exchange(request, connection, new Http1Answer(context.channel()), arrivals::patience);
    arrivals.add(last);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (last != null) {
      last.goneAway();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Sockets.close(context);
  }
}
