package dev.freshet.scripted;

import dev.freshet.govern.Governor;
import dev.freshet.load.LoadOptions;
import dev.freshet.request.RequestGate;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.Transport;
import java.util.Random;

/** Gates for tests of what is behind them. */
public final class Gates {

  private Gates() {}

  /** One with the default budgets. */
  public static RequestGate of(Transport server, TimeSource time) {
    return new RequestGate(server, new Governor(LoadOptions.defaults(), time, new Random(1)), time);
  }
}
