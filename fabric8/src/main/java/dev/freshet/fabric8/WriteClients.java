package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Makes ordinary fabric8 clients for writes.
 *
 * <p>They repeat no request: fabric8 repeats a POST whose answer was lost, which creates two
 * objects where the name is generated, and its retry cannot tell verbs apart. The one exception is
 * a 401, which did nothing. Redirects are not followed, for the JDK would carry the token to the
 * other host. Tokens and certificates are those of our {@link Fabric8Credentials}, so rotation is
 * followed.
 */
final class WriteClients {

  private static final String RETRY_PROPERTY = "jdk.httpclient.enableAllMethodRetry";
  private static final String LOGGING_INTERCEPTOR = "HttpLogging";
  private static final int NO_RETRY = 0;

  private WriteClients() {}

  /**
   * A new client; close it after use.
   *
   * @throws ConfigurationException if the JVM was told to repeat every method
   */
  static KubernetesClient create(Config config, Fabric8Credentials credentials) {
    refuseJdkRetry();
    // What proves who we are comes from the credentials; in the Config it would only grow stale.
    Config unsigned =
        new ConfigBuilder(config)
            .withAutoConfigure(false)
            .withRequestRetryBackoffLimit(NO_RETRY)
            .withOauthTokenProvider(null)
            .withOauthToken(null)
            .withAutoOAuthToken(null)
            .withAuthProvider(null)
            .withUsername(null)
            .withPassword(null)
            .withClientCertData(null)
            .withClientCertFile(null)
            .withClientKeyData(null)
            .withClientKeyFile(null)
            .withCaCertData(null)
            .withCaCertFile(null)
            .build();
    var tls = new RotatingTls(credentials::tls);
    return new KubernetesClientBuilder()
        .withConfig(unsigned)
        .withHttpClientFactory(new OurTls(tls))
        .withHttpClientBuilderConsumer(http -> adapt(http, credentials, tls))
        .build();
  }

  private static void adapt(
      HttpClient.Builder http, Fabric8Credentials credentials, RotatingTls tls) {
    http.addOrReplaceInterceptor(
        TokenRefreshInterceptor.NAME, new AuthorizeWrites(credentials, tls::follow));
    // It logs the Authorization header.
    http.addOrReplaceInterceptor(LOGGING_INTERCEPTOR, null);
  }

  // The JDK takes an empty value for true.
  private static void refuseJdkRetry() {
    @Nullable String value = System.getProperty(RETRY_PROPERTY);
    if (value != null && (value.isEmpty() || Boolean.parseBoolean(value))) {
      throw new ConfigurationException(
          "Java was started with -D"
              + RETRY_PROPERTY
              + ", which repeats a POST whose answer was lost",
          "Start Java without it: a repeated create makes a second object.");
    }
  }

  /**
   * Keeps the TLS context in our hands, the token with the server it is for, and no connection that
   * does not answer.
   */
  private static final class OurTls extends JdkHttpClientFactory {
    private final RotatingTls tls;

    OurTls(RotatingTls tls) {
      this.tls = tls;
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return RenewedHttpClient.builder();
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
      builder.sslContext(tls.context()).followRedirects(java.net.http.HttpClient.Redirect.NEVER);
    }
  }
}
