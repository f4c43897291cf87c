package dev.freshet.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/api/v1/pods, pods, -, -, -",
        "/api/v1/namespaces/a/pods, pods, a, -, -",
        "/api/v1/namespaces/a/pods/b, pods, a, b, -",
        "/api/v1/namespaces/a/pods/b/status, pods, a, b, status",
        "/api/v1/namespaces/a/services/b/proxy/x/y, services, a, b, proxy/x/y",
        "/api/v1/namespaces, namespaces, -, -, -",
        "/api/v1/namespaces/a, namespaces, -, a, -",
        "/api/v1/namespaces/a/finalize, namespaces, -, a, finalize",
        "/api/v1/namespaces/a/status, namespaces, -, a, status",
        "/apis/apps/v1/namespaces/a/deployments/b/scale, deployments.apps, a, b, scale",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode,"
            + " clusterroles.rbac.authorization.k8s.io, -, system:node, -",
        "/api/v1/namespaces/a/bindings, pods, a, -, -",
        "//api/v1/nodes/n/, nodes, -, n, -",
      })
  void namesWhatAUrlIsAbout(
      String path, String collection, String namespace, String name, String subresource) {
    RequestPath parsed = RequestPath.parse(path).orElseThrow();
    assertThat(parsed.collection()).isEqualTo(collection);
    assertThat(parsed.namespace()).isEqualTo(namespace == null ? "" : namespace);
    assertThat(parsed.name()).isEqualTo(name == null ? "" : name);
    assertThat(parsed.subresource()).isEqualTo(subresource == null ? "" : subresource);
  }

  @ParameterizedTest
  @CsvSource({"/version", "/healthz", "/api", "/api/v1", "/apis/apps/v1", "/openapi/v2", "/", "''"})
  void takesNothingElseForAResource(String path) {
    assertThat(RequestPath.parse(path)).isEmpty();
  }

  @Test
  void connectionsAndReviewsStoreNothing() {
    assertThat(stored("/api/v1/namespaces/a/pods/b/exec")).isFalse();
    assertThat(stored("/api/v1/namespaces/a/services/b/proxy/x")).isFalse();
    assertThat(stored("/api/v1/namespaces/a/serviceaccounts/b/token")).isFalse();
    assertThat(stored("/apis/authentication.k8s.io/v1/tokenreviews")).isFalse();
    assertThat(stored("/api/v1/namespaces/a/pods/b/eviction")).isTrue();
  }

  private static boolean stored(String path) {
    return RequestPath.parse(path).orElseThrow().isStored();
  }
}
