package dev.freshet.request;

import dev.freshet.discovery.Kinds;
import dev.freshet.discovery.ServedKind;
import dev.freshet.error.ApiException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Asks the API server what it serves, by aggregated discovery (KEP-3352, generally available since
 * Kubernetes 1.30): one document for the core group, one for all others. Thread-safe.
 */
public final class Discovery {

  /** Bytes of one discovery document; a cluster with hundreds of CRDs stays below 10 MB. */
  private static final int MAX_DOCUMENT_BYTES = 64 << 20;

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

  private static final String CORE = "/api";
  private static final String GROUPS = "/apis";

  private static final JsonFactory JSON = new JsonFactory();

  private final RequestGate gate;
  private final String caller;

  public Discovery(RequestGate gate, String caller) {
    this.gate = gate;
    this.caller = caller;
  }

  /**
   * Every kind that is served.
   *
   * @throws ApiException if the server refuses
   */
  public Kinds kinds(Deadline deadline) {
    List<ServedKind> kinds = new ArrayList<>();
    add(CORE, kinds, deadline);
    add(GROUPS, kinds, deadline);
    return new Kinds(kinds);
  }

  /**
   * The kind of a name, as {@link Kinds#find} finds it among all. A core kind is preferred to one
   * of any group, so the document of the groups, which is far larger, is asked for only where the
   * core has none of that name.
   *
   * @throws ApiException if the server refuses
   * @throws UnsupportedReadException if it serves no such kind, or it cannot be listed
   */
  public ServedKind find(String name, Deadline deadline) {
    List<ServedKind> kinds = new ArrayList<>();
    add(CORE, kinds, deadline);
    Optional<ServedKind> core = new Kinds(kinds).listable(name);
    if (core.isPresent()) {
      return core.get();
    }
    add(GROUPS, kinds, deadline);
    return new Kinds(kinds).find(name);
  }

  private void add(String path, List<ServedKind> kinds, Deadline deadline) {
    byte[] document = get(path, AGGREGATED, deadline);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      new DiscoveryDocument(parser, kinds).read();
    } catch (JacksonException e) {
      throw new MalformedResponseException(
          "the API server's answer to " + path + " is not a discovery document",
          "Check that the address is that of a Kubernetes API server, 1.30 or later.");
    }
  }

  /** The server's version, such as {@code v1.37.2}. */
  public String version(Deadline deadline) {
    byte[] document = get("/version", "application/json", deadline);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("gitVersion");
        parser.nextToken();
        if (found) {
          return parser.getString();
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // Falls through to the same complaint as an answer without a version.
    }
    throw new MalformedResponseException(
        "the server's answer to /version names no version",
        "Check that the address is that of a Kubernetes API server.");
  }

  private byte[] get(String path, String accept, Deadline deadline) {
    var request =
        new ApiRequest(ApiRequest.Purpose.DISCOVERY, caller, path, accept, deadline.remaining());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (ApiResponse response = gate.send(request)) {
      while (response.next(
          deadline.remaining(),
          chunk -> {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            body.writeBytes(bytes);
            if (body.size() > MAX_DOCUMENT_BYTES) {
              throw new LimitExceededException(
                  "the answer to " + path + " is larger than " + MAX_DOCUMENT_BYTES + " bytes",
                  "Check that the address is that of a Kubernetes API server.");
            }
          })) {}
      if (response.status() != 200) {
        throw Failures.ofPath(response.status(), path, "system:discovery");
      }
    }
    return body.toByteArray();
  }
}
