package dev.freshet.examples.mixedreads;

import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import java.util.Map;

/** Counts what is sent by callers, apart from the accounts that Freshet keeps itself. */
record CountedRequests(Transport server, Map<String, Long> byCaller) implements Transport {

  @Override
  public ApiResponse send(ApiRequest request) {
    byCaller.merge(request.caller(), 1L, Long::sum);
    return server.send(request);
  }

  @Override
  public long keepaliveRequests() {
    return server.keepaliveRequests();
  }

  @Override
  public void close() {
    server.close();
  }
}
