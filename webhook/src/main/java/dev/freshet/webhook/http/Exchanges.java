package dev.freshet.webhook.http;

import dev.freshet.webhook.http.ExchangeState.Answering;
import dev.freshet.webhook.http.ExchangeState.Discarding;
import dev.freshet.webhook.http.ExchangeState.Ended;
import dev.freshet.webhook.http.ExchangeState.Head;
import dev.freshet.webhook.http.ExchangeState.Idle;
import dev.freshet.webhook.http.ExchangeState.Receiving;
import dev.freshet.webhook.http.ExchangeState.Working;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection's requests and answers, one after another. For its event loop only. */
final class Exchanges extends SimpleChannelInboundHandler<HttpObject> {

  /**
   * How long a connection stays open after the answer to a request that was not read to its end: a
   * close with bytes unread resets it, and the reset can overtake the answer.
   */
  static final Duration LINGER = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

  private final Reception reception;
  private final HttpLimits limits;
  private final BooleanSupplier draining;
  private final OneAtATime requests;
  private final AnswerCounts answers;
  private final Alarm alarm = new Alarm();
  private ExchangeState state = new Idle();

  /**
   * @param draining whether every answer is to be the last on its connection
   * @param requests hands on one request at a time, to this
   * @param answers are counted here
   */
  Exchanges(
      Reception reception,
      HttpLimits limits,
      BooleanSupplier draining,
      OneAtATime requests,
      AnswerCounts answers) {
    this.reception = reception;
    this.limits = limits;
    this.draining = draining;
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    idle(context);
    context.fireChannelActive();
  }

  private void idle(ChannelHandlerContext context) {
    state = new Idle();
    alarm.set(context, limits.deadlines().idle(), () -> close(context));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case Signal signal when state instanceof Idle -> wake(context, signal);
      case SslHandshakeCompletionEvent handshake when !handshake.isSuccess() ->
          LOG.debug(
              "Refused the handshake of {}: {}",
              context.channel().remoteAddress(),
              handshake.cause().toString());
      default -> context.fireUserEventTriggered(event);
    }
  }

  private void wake(ChannelHandlerContext context, Signal signal) {
    switch (signal) {
      case BYTES -> {
        state = new Head(System.nanoTime());
        alarm.set(
            context,
            limits.deadlines().header(),
            () -> refuseAndEnd(context, Refusal.tooSlow("the header")));
      }
      case CLOSE_IF_IDLE -> close(context);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpRequest head) {
      begin(context, head);
    }
    if (part instanceof HttpContent content) {
      take(context, content);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest head) {
    long since = state instanceof Head begun ? begun.sinceNanos() : System.nanoTime();
    boolean last =
        !HttpUtil.isKeepAlive(head) || !head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    boolean asks = HttpUtil.is100ContinueExpected(head);
    switch (reception.receive(head, PeerCertificate.of(context.channel()), since)) {
      // Who asks before sending a body may then send it or not: what comes next could be either.
      case Arrival.Refused(Refusal refusal) when refusal.ends() || asks ->
          refuseAndEnd(context, refusal);
      case Arrival.Refused(Refusal refusal) -> refuse(context, refusal, isLast(last));
      case Arrival.Admitted admitted -> admit(context, admitted, last, asks);
    }
  }

  private boolean isLast(boolean wanted) {
    return wanted || draining.getAsBoolean();
  }

  private void refuse(ChannelHandlerContext context, Refusal refusal, boolean last) {
    ChannelFuture answer = write(context, Responses.of(refusal, last));
    state = new Discarding(answer, last);
    alarm.set(context, limits.deadlines().body(), () -> endUnread(context, answer));
  }

  private void admit(
      ChannelHandlerContext context, Arrival.Admitted admitted, boolean last, boolean asks) {
    state = new Receiving(admitted, new Body(limits.maxBodyBytes()), last);
    alarm.set(
        context,
        limits.deadlines().body(),
        () -> refuseAndEnd(context, Refusal.tooSlow("the body")));
    if (asks) {
      var unused = write(context, Responses.goOn());
    }
  }

  private void take(ChannelHandlerContext context, HttpContent content) {
    boolean whole = content instanceof LastHttpContent;
    switch (state) {
      case Receiving receiving -> {
        if (content.decoderResult().isFailure()) {
          refuseAndEnd(context, Refusal.malformed());
        } else if (!receiving.body().add(content.content())) {
          refuseAndEnd(context, Refusal.bodyTooLong(limits.maxBodyBytes()));
        } else if (whole) {
          work(context, receiving);
        }
      }
      case Discarding(ChannelFuture answer, boolean last) -> {
        if (content.decoderResult().isFailure()) {
          endUnread(context, answer);
        } else if (whole) {
          answering(context, answer, last);
        }
      }
      // No body is expected in these.
      case Idle s -> {}
      case Head s -> {}
      case Working s -> {}
      case Answering s -> {}
      case Ended s -> {}
    }
  }

  private void work(ChannelHandlerContext context, Receiving received) {
    // No deadline here: the client's patience ends it.
    alarm.clear();
    var request = received.admitted().head().withBody(received.body().whole());
    Thread worker =
        Thread.ofVirtual()
            .name("freshet-webhook")
            .unstarted(new Work(received.admitted(), request, answer -> worked(context, answer)));
    state = new Working(worker, received.last());
    worker.start();
  }

  /** On the handler's thread. */
  private void worked(ChannelHandlerContext context, HttpAnswer answer) {
    try {
      context.executor().execute(() -> answer(context, answer));
    } catch (RejectedExecutionException e) {
      LOG.debug("The server was closed before the answer was there");
    }
  }

  private void answer(ChannelHandlerContext context, HttpAnswer answer) {
    if (state instanceof Working working) {
      boolean last = isLast(working.last());
      answering(context, write(context, Responses.of(answer, last)), last);
    }
  }

  private void answering(ChannelHandlerContext context, ChannelFuture answer, boolean last) {
    state = new Answering();
    // The write has its own deadline.
    alarm.clear();
    answer.addListener(
        written -> {
          if (!written.isSuccess() || last) {
            state = new Ended();
            close(context);
          } else {
            idle(context);
            requests.next(context.channel());
          }
        });
  }

  private void refuseAndEnd(ChannelHandlerContext context, Refusal refusal) {
    leave();
    endUnread(context, write(context, Responses.of(refusal, true)));
  }

  private void endUnread(ChannelHandlerContext context, ChannelFuture answer) {
    state = new Ended();
    alarm.clear();
    requests.end(context.channel());
    answer.addListener(written -> alarm.set(context, LINGER, () -> close(context)));
  }

  /** Gives up the present request, if there is one. */
  private void leave() {
    switch (state) {
      case Receiving receiving -> receiving.admitted().leave();
      // Its place becomes free when it has ended.
      case Working working -> working.worker().interrupt();
      case Idle s -> {}
      case Head s -> {}
      case Discarding s -> {}
      case Answering s -> {}
      case Ended s -> {}
    }
  }

  private ChannelFuture write(ChannelHandlerContext context, FullHttpResponse response) {
    if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      answers.answered(response.status().code());
    }
    return context.writeAndFlush(response);
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    leave();
    state = new Ended();
    alarm.clear();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("A connection of {} failed", context.channel().remoteAddress(), cause);
    close(context);
  }
}
