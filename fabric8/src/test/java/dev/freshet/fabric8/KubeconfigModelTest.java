package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Kubeconfigs are read as fabric8's own mapper reads them. */
class KubeconfigModelTest {

  /** Every field that fabric8 knows, but those that say nothing of cluster and user. */
  private static final String EVERY_FIELD =
      """
      current-context: main
      contexts:
      - name: main
        context: {cluster: here, user: me, namespace: team}
      clusters:
      - name: here
        cluster:
          server: https://127.0.0.1:6443
          certificate-authority: ca.crt
          certificate-authority-data: Y2E=
          insecure-skip-tls-verify: true
          tls-server-name: api.example.org
          proxy-url: http://127.0.0.1:3128
          disable-compression: false
      users:
      - name: me
        user:
          client-certificate: me.crt
          client-certificate-data: Y3J0
          client-key: me.key
          client-key-data: a2V5
          token: abc
          tokenFile: token
          username: somebody
          password: secret
          as: other
          as-uid: "17"
          as-groups: [one, two]
          as-user-extra: {scopes: [view, edit]}
          auth-provider: {name: oidc, config: {id-token: x, client-id: y}}
          exec:
            apiVersion: client.authentication.k8s.io/v1
            command: plugin
            args: [get, token]
            env: [{name: REGION, value: north}]
            installHint: Install it.
            interactiveMode: Never
            provideClusterInfo: true
      """;

  @Test
  void everyFieldArrives() {
    assertThat(ours(EVERY_FIELD)).isEqualTo(fabric8s(EVERY_FIELD));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Config.class,
        NamedCluster.class,
        Cluster.class,
        NamedContext.class,
        Context.class,
        NamedAuthInfo.class,
        AuthInfo.class,
        AuthProviderConfig.class,
        ExecConfig.class,
        ExecEnvVar.class
      })
  void noFieldIsForgotten(Class<?> model) {
    assertThat(Arrays.stream(model.getAnnotation(JsonPropertyOrder.class).value()))
        .allMatch(
            field ->
                EVERY_FIELD.contains(field + ":")
                    || (field.equals("kind") && model == Config.class)
                    || field.equals("preferences")
                    || field.equals("extensions"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{contexts: [{name: a}], clusters: [{name: b}], users: [{name: c}]}",
        "{contexts: [{context: {}}], clusters: [{cluster: {}}], users: [{user: {}}]}",
        "{users: [{name: c, user: {exec: {}, auth-provider: {}}}]}",
        "{users: [{name: c, user: {exec: {args: [], env: [{}]}, as-user-extra: {}}}]}"
      })
  void whatIsAbsentIsAsFabric8LeavesIt(String yaml) {
    assertThat(ours(yaml)).isEqualTo(fabric8s(yaml));
  }

  @Test
  void aNullIsAsIfItWereAbsent() {
    assertThat(ours("{contexts: null, users: [{name: c, user: {as-groups: null}}]}"))
        .isEqualTo(ours("{users: [{name: c, user: {}}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{current-context: 1, contexts: [{name: 1, context: {namespace: true, user: 2.50}}]}",
        "{users: [{name: 007, user: {token: 12345678901234567890, username: no}}]}",
        "{clusters: [{name: c, cluster: {insecure-skip-tls-verify: 'true'}}]}"
      })
  void scalarsAreTakenAsTexts(String yaml) {
    assertThat(ours(yaml)).isEqualTo(fabric8s(yaml));
  }

  private static Config ours(String yaml) {
    return KubeconfigModel.config(new Settings(Path.of("config"), "", tree(yaml)));
  }

  private static Config fabric8s(String yaml) {
    return new KubernetesSerialization().convertValue(tree(yaml), Config.class);
  }

  private static Map<?, ?> tree(String yaml) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
