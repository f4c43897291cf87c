package dev.freshet.request;

import dev.freshet.govern.Governor;
import dev.freshet.govern.Permit;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one way from Freshet to the API server: every request passes here under its caller's name,
 * waits until the {@link Governor} allows it, and is sent again where the server had no room for it
 * and the budgets allow that. Thread-safe.
 */
public final class RequestGate {

  /** The account of what the transport sends by itself to keep its connections. */
  static final String KEEPALIVE = "freshet-keepalive";

  /** The part of a request's time that is kept for its answer. */
  private static final int LAST_PART = 20;

  private final Transport transport;
  private final Governor governor;
  private final TimeSource time;

  public RequestGate(Transport transport, Governor governor, TimeSource time) {
    this.transport = transport;
    this.governor = governor;
    this.time = time;
  }

  /**
   * Sends a request, as {@link Transport#send} does; what it waits here is part of the time for its
   * answer.
   *
   * @throws dev.freshet.error.LoadBudgetExceededException if it was not allowed in that time
   */
  public ApiResponse send(ApiRequest request) {
    Deadline deadline = Deadline.in(request.answerWithin(), time);
    // What is allowed at the very last could not be answered any more.
    Duration early = request.answerWithin().dividedBy(LAST_PART);
    Deadline allowed = Deadline.in(request.answerWithin().minus(early), time);
    boolean again = false;
    while (true) {
      Permit permit = governor.admit(request, again, allowed);
      ApiResponse response = sent(request.answerWithin(deadline.remaining()), permit);
      if (!permit.answered(response.status(), RetryAfter.of(response))) {
        return new Counted(response, permit);
      }
      response.close();
      permit.close();
      permit.awaitAgain();
      again = true;
    }
  }

  private ApiResponse sent(ApiRequest request, Permit permit) {
    try {
      return transport.send(request);
    } catch (RuntimeException e) {
      permit.failed();
      permit.close();
      throw e;
    }
  }

  /** Who decides what may be sent. */
  public Governor governor() {
    return governor;
  }

  /** Sees one account. */
  public interface AccountVisitor {
    void visit(String caller, long requests, long bytes);
  }

  /** Shows every account as it is now; bytes are those of answers, as they travelled. */
  public void accounts(AccountVisitor visitor) {
    governor.uses().forEach(use -> visitor.visit(use.caller(), use.requests(), use.bytes()));
    if (transport.keepaliveRequests() > 0) {
      visitor.visit(KEEPALIVE, transport.keepaliveRequests(), 0);
    }
  }

  /** A response that tells its permit what comes in, and ends it. */
  private static final class Counted implements ApiResponse {
    private final ApiResponse response;
    private final Permit permit;
    private long counted;

    Counted(ApiResponse response, Permit permit) {
      this.response = response;
      this.permit = permit;
    }

    @Override
    public int status() {
      return response.status();
    }

    @Override
    public Optional<String> header(String name) {
      return response.header(name);
    }

    @Override
    public boolean next(Duration within, Consumer<ByteBuffer> sink) {
      boolean more = response.next(within, sink);
      long received = response.wireBytes();
      permit.received(received - counted);
      counted = received;
      if (!more) {
        permit.close();
      }
      return more;
    }

    @Override
    public long wireBytes() {
      return response.wireBytes();
    }

    @Override
    public void close() {
      permit.close();
      response.close();
    }
  }
}
