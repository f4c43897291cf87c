package dev.freshet.webhook.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one deadline that a connection has at a time. For its event loop only. */
final class Alarm {

  private @Nullable Future<?> pending;

  /** Sets a deadline in place of the one before. */
  void set(ChannelHandlerContext context, Duration in, Runnable then) {
    clear();
    pending = context.executor().schedule(then, in.toNanos(), TimeUnit.NANOSECONDS);
  }

  void clear() {
    Future<?> before = pending;
    pending = null;
    if (before != null) {
      before.cancel(false);
    }
  }
}
