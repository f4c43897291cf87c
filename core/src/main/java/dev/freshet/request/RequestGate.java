package dev.freshet.request;

import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The one way from Freshet to the API server: every request passes here under its caller's name and
 * is put on that caller's account. Thread-safe.
 *
 * <p>It counts and does not hold back yet.
 */
public final class RequestGate {

  /**
   * Callers with an account of their own. Names come from programs, so there are few; whoever comes
   * after that many shares the account {@value #OTHERS}.
   */
  static final int MAX_CALLERS = 1_000;

  static final String OTHERS = "(others)";

  /** The account of what the transport sends by itself to keep its connections. */
  static final String KEEPALIVE = "freshet-keepalive";

  private final Transport transport;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  public RequestGate(Transport transport) {
    this.transport = transport;
  }

  /** Sends a request, as {@link Transport#send} does. */
  public ApiResponse send(ApiRequest request) {
    Account account = account(request.caller());
    account.requests.increment();
    return new Counted(transport.send(request), account);
  }

  /** Sees one account. */
  public interface AccountVisitor {
    void visit(String caller, long requests, long bytes);
  }

  /** Shows every account as it is now; bytes are those of answers, as they travelled. */
  public void accounts(AccountVisitor visitor) {
    accounts.forEach(
        (caller, account) -> visitor.visit(caller, account.requests.sum(), account.bytes.sum()));
    if (transport.keepaliveRequests() > 0) {
      visitor.visit(KEEPALIVE, transport.keepaliveRequests(), 0);
    }
  }

  private Account account(String caller) {
    Account known = accounts.get(caller);
    if (known != null) {
      return known;
    }
    String name = accounts.size() < MAX_CALLERS ? caller : OTHERS;
    return accounts.computeIfAbsent(name, unused -> new Account());
  }

  private static final class Account {
    final LongAdder requests = new LongAdder();
    final LongAdder bytes = new LongAdder();
  }

  /** A response that puts its bytes on an account as they come in. */
  private static final class Counted implements ApiResponse {
    private final ApiResponse response;
    private final Account account;
    private long counted;

    Counted(ApiResponse response, Account account) {
      this.response = response;
      this.account = account;
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
      account.bytes.add(received - counted);
      counted = received;
      return more;
    }

    @Override
    public long wireBytes() {
      return response.wireBytes();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
