package dev.freshet.fabric8;

import dev.freshet.object.ResourceType;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A way to the server that notes in which format answers come, and can ask for another. */
final class WireFormat implements Transport {

  private final Transport server;
  private final Optional<String> accept;
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  /** As it is asked for. */
  static WireFormat asAsked(Transport server) {
    return new WireFormat(server, Optional.empty());
  }

  /** JSON, whatever is asked for; the answers of discovery are JSON as they are. */
  static WireFormat json(Transport server) {
    return new WireFormat(server, Optional.of("application/json"));
  }

  private WireFormat(Transport server, Optional<String> accept) {
    this.server = server;
    this.accept = accept;
  }

  /** The Content-Type of the last answer with objects of this kind. */
  String of(ResourceType kind) {
    return answered.getOrDefault(kind.apiVersion() + "/" + kind.plural(), "no answer");
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    ApiResponse response = server.send(rewritten(request));
    String collection =
        request
            .pathAndQuery()
            .replaceFirst("\\?.*", "")
            .replaceFirst("^/apis?/", "")
            .replaceFirst("/namespaces/[^/]+/", "/");
    answered.put(collection, response.header("Content-Type").orElse("no type"));
    return response;
  }

  private ApiRequest rewritten(ApiRequest request) {
    if (accept.isEmpty() || request.purpose() == ApiRequest.Purpose.DISCOVERY) {
      return request;
    }
    return new ApiRequest(
        request.purpose(),
        request.caller(),
        request.pathAndQuery(),
        accept.get(),
        request.gzip(),
        request.answerWithin());
  }

  @Override
  public void close() {
    server.close();
  }
}
