package dev.freshet.webhook.http;

import io.netty.channel.ChannelFuture;

/** How far a connection is with its present request. */
sealed interface ExchangeState {

  /** Between requests, or before the first. */
  record Idle() implements ExchangeState {}

  /** Some bytes of a head have come. */
  record Head(long sinceNanos) implements ExchangeState {}

  /**
   * A body comes for a handler.
   *
   * @param last whether the client wants no other answer on this connection
   */
  record Receiving(Arrival.Admitted admitted, Body body, boolean last) implements ExchangeState {}

  /**
   * The answer is on its way already, and the rest of the body is dropped.
   *
   * @param last whether the answer says that it is the last
   */
  record Discarding(ChannelFuture answer, boolean last) implements ExchangeState {}

  /**
   * A handler is at work.
   *
   * @param last as in {@link Receiving}
   */
  record Working(Thread worker, boolean last) implements ExchangeState {}

  /** The request is read, and the answer is on its way. */
  record Answering() implements ExchangeState {}

  /** The last answer is on its way, or the connection is gone; whatever comes is dropped. */
  record Ended() implements ExchangeState {}
}
