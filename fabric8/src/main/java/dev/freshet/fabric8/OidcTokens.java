package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens of an OpenID Connect issuer: the kubeconfig's {@code auth-provider: oidc}.
 *
 * <p>An issuer may let a refresh token be used only once, so what it answers is kept, here and by
 * {@code keep} in the kubeconfig. What it says is never shown. Thread-safe; one refresh at a time
 * is the caller's business.
 *
 * <p>Sources: OpenID Connect Discovery 1.0 section 4, RFC 6749 section 6.
 */
final class OidcTokens implements Authentication {

  /** How long the issuer may take, for each of two requests. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, String> initial;
  private final TokenStore keep;
  private volatile Map<String, String> settings;

  /** Where new tokens are written down. */
  interface TokenStore {
    void keep(Map<String, String> tokens);
  }

  OidcTokens(Map<String, String> settings, TokenStore keep) {
    this.initial = Map.copyOf(settings);
    this.settings = initial;
    this.keep = keep;
  }

  @Override
  public boolean renewable() {
    return true;
  }

  @Override
  public Proof obtain(boolean afresh) {
    String token = settings.get("id-token");
    if (!settings.containsKey("refresh-token")) {
      if (token == null) {
        throw failed("has neither an id-token nor a refresh-token");
      }
      return proof(token);
    }
    if (!afresh && token != null) {
      return proof(token);
    }
    return proof(refreshed());
  }

  private static Proof proof(String token) {
    return new Proof(
        Optional.of("Bearer " + token), Optional.empty(), Optional.empty(), expiry(token));
  }

  private String refreshed() {
    try (HttpClient client = client()) {
      JsonNode discovery =
          ask(client, HttpRequest.newBuilder(discoveryUri()).GET(), "its discovery document");
      String endpoint = discovery.path("token_endpoint").asString("");
      if (endpoint.isEmpty()) {
        throw failed("names no token endpoint");
      }
      JsonNode answer = ask(client, tokenRequest(endpoint), "a new token");
      String token = answer.path("id_token").asString("");
      if (token.isEmpty()) {
        throw failed("answered without an id_token; the scope openid may be missing");
      }
      remember(token, answer.path("refresh_token").asString(""));
      return token;
    }
  }

  private void remember(String token, String refreshToken) {
    var tokens = new LinkedHashMap<String, String>();
    tokens.put("id-token", token);
    if (!refreshToken.isEmpty()) {
      tokens.put("refresh-token", refreshToken);
    }
    var now = new HashMap<>(settings);
    now.putAll(tokens);
    settings = Map.copyOf(now);
    keep.keep(tokens);
  }

  private HttpClient client() {
    Optional<Pem> authority =
        Pem.of(
            settings.get("idp-certificate-authority-data"),
            settings.get("idp-certificate-authority"));
    var tls = new TlsSettings(Optional.empty(), Optional.empty(), authority, false, false);
    return HttpClient.newBuilder()
        .sslContext(TlsKeys.read(tls).context())
        .connectTimeout(ANSWER_WITHIN)
        .build();
  }

  private JsonNode ask(HttpClient client, HttpRequest.Builder request, String what) {
    try {
      HttpResponse<byte[]> answer =
          client.send(
              request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw failed("answered " + answer.statusCode() + " when asked for " + what);
      }
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw failed("answered something else than JSON when asked for " + what);
    } catch (IOException e) {
      throw failed("could not be asked for " + what + " (" + e.getClass().getSimpleName() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was given up, for the waiting thread was interrupted");
    }
  }

  private URI discoveryUri() {
    String issuer = settings.getOrDefault("idp-issuer-url", "");
    return uri(issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration");
  }

  private URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw failed("has an address that is no URL");
    }
  }

  private HttpRequest.Builder tokenRequest(String endpoint) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", settings.getOrDefault("refresh-token", ""));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(endpoint));
    String id = settings.getOrDefault("client-id", "");
    String secret = settings.getOrDefault("client-secret", "");
    if (secret.isEmpty()) {
      form.put("client_id", id);
    } else {
      byte[] both = (encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.US_ASCII);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** When a token ends by its own account; empty where it does not say or is no JWT. */
  private static Optional<Instant> expiry(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      long seconds = claims.path("exp").asLong(0);
      return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  private ConfigurationException failed(String how) {
    return new ConfigurationException(
        "the OpenID Connect issuer "
            + settings.getOrDefault("idp-issuer-url", "(not named)")
            + " "
            + how,
        "Log in again, so that the kubeconfig gets new tokens.");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OidcTokens tokens && tokens.initial.equals(initial);
  }

  @Override
  public int hashCode() {
    return initial.hashCode();
  }

  @Override
  public String toString() {
    return "OidcTokens[]";
  }
}
