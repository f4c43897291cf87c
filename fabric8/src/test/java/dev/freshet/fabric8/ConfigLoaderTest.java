package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  private static final String SERVER = "https://127.0.0.1:1";

  @TempDir private Path directory;

  private ConfigLoader loader(Map<String, String> environment) {
    return new ConfigLoader(environment, directory, directory.resolve("no-account/token"));
  }

  private Config load(Path file) {
    return loader(Map.of()).load(Optional.of(file), Optional.empty());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("config"), content);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path file) {
    return assertRefused(file, Optional.empty());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Path file, Optional<String> context) {
    return assertThatThrownBy(() -> loader(Map.of()).load(Optional.of(file), context))
        .isInstanceOf(ConfigurationException.class)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
  }

  @Test
  void aFileIsReadWithItsCurrentContext() throws Exception {
    Config config = load(KubeconfigFile.write(directory.resolve("config"), SERVER, "", "token: t"));
    assertThat(config.getMasterUrl()).isEqualTo(SERVER + "/");
    assertThat(config.getNamespace()).isEqualTo("team");
    assertThat(config.getAutoOAuthToken()).isEqualTo("t");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("missing");
    assertRefused(missing).hasMessageContaining(missing + " does not exist");
  }

  @Test
  void malformedYamlIsPlacedAndNotQuoted() throws Exception {
    assertRefused(file("users:\n- name: me\n  user: {token: secret-canary\n"))
        .hasNoCause()
        .hasMessageContaining("is not valid YAML at line 4, column 1")
        .hasMessageNotContaining("canary");
  }

  @Test
  void settingsOfTheWrongFormArePlacedAndNotQuoted() throws Exception {
    assertRefused(file("users:\n- name: me\n  user: secret-canary\n"))
        .hasNoCause()
        .hasMessageContaining("users[0].user has the wrong form")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aFileWithoutSettingsIsRefused() throws Exception {
    assertRefused(file("")).hasMessageContaining("is not a kubeconfig");
    assertRefused(file("secret-canary"))
        .hasMessageContaining("is not a kubeconfig")
        .hasMessageNotContaining("canary");
  }

  @Test
  void anUnknownContextListsThoseThatAre() throws Exception {
    Path file = KubeconfigFile.write(directory.resolve("config"), SERVER, "");
    assertRefused(file, Optional.of("mian"))
        .hasMessageContaining("has no context \"mian\"")
        .hasMessageContaining("Use one of: main");
  }

  @Test
  void noCurrentContextListsThoseThatAre() throws Exception {
    Path file = KubeconfigFile.write(directory.resolve("config"), SERVER, "");
    Files.writeString(file, Files.readString(file).replace("current-context: main", ""));
    assertRefused(file).hasMessageContaining("no current-context").hasMessageContaining("main");
  }

  @Test
  void aContextOfAClusterOrUserThatIsNotThereIsRefused() throws Exception {
    Path file = KubeconfigFile.write(directory.resolve("config"), SERVER, "");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("cluster: here", "cluster: there"));
    assertRefused(file)
        .hasMessageContaining("refers to the cluster \"there\"")
        .hasMessageContaining("there are: here");
    Files.writeString(file, text.replace("user: me", "user: you"));
    assertRefused(file).hasMessageContaining("refers to the user \"you\"");
  }

  @Test
  void aServerThatIsNoUrlIsRefused() throws Exception {
    assertRefused(KubeconfigFile.write(directory.resolve("config"), "127.0.0.1:6443", ""))
        .hasMessageContaining("no server that begins with https://");
  }

  @Test
  void aMissingCertificateFileIsNamed() throws Exception {
    Config config =
        load(
            KubeconfigFile.write(
                directory.resolve("config"),
                SERVER,
                "",
                "client-certificate: me.crt",
                "client-key: me.key"));
    assertThatThrownBy(() -> Connection.open(config, "f", InstantSource.system()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(directory.resolve("me.crt") + " does not exist");
  }

  @Test
  void ofSeveralFilesTheFirstToNameAnEntryWins() throws Exception {
    Path first = KubeconfigFile.write(directory.resolve("first"), SERVER, "", "token: first");
    Path second =
        KubeconfigFile.write(directory.resolve("second"), "https://[::1]:2", "", "token: second");
    Files.writeString(second, Files.readString(second).replace("name: main", "name: other"));
    var loader =
        loader(
            Map.of(
                "KUBECONFIG",
                String.join(
                    File.pathSeparator,
                    directory.resolve("missing").toString(),
                    "",
                    first.toString(),
                    second.toString())));
    Config config = loader.load(Optional.empty(), Optional.of("other"));
    assertThat(config.getMasterUrl()).isEqualTo(SERVER + "/");
    assertThat(config.getAutoOAuthToken()).isEqualTo("first");
  }

  @Test
  void aKubeconfigVariableThatNamesNothingIsRefused() {
    var loader = loader(Map.of("KUBECONFIG", directory.resolve("missing").toString()));
    assertThatThrownBy(() -> loader.load(Optional.empty(), Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("KUBECONFIG names no file that exists");
  }

  @Test
  void theUsualFileIsTheLastResortOutsideAPod() throws Exception {
    assertThatThrownBy(() -> loader(Map.of()).load(Optional.empty(), Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no kubeconfig at");
    Files.createDirectory(directory.resolve(".kube"));
    KubeconfigFile.write(directory.resolve(".kube/config"), SERVER, "", "token: usual");
    Config config = loader(Map.of()).load(Optional.empty(), Optional.empty());
    assertThat(config.getAutoOAuthToken()).isEqualTo("usual");
  }

  @Test
  void proxiesComeFromTheClusterAndElseFromTheEnvironment() throws Exception {
    Path file = KubeconfigFile.write(directory.resolve("config"), SERVER, "");
    var loader = loader(Map.of("HTTPS_PROXY", "http://env:3128", "no_proxy", "10.0.0.0/8,.local"));
    Config config = loader.load(Optional.of(file), Optional.empty());
    assertThat(config.getHttpsProxy()).isEqualTo("http://env:3128");
    assertThat(config.getNoProxy()).containsExactly("10.0.0.0/8", ".local");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("server: " + SERVER, "server: " + SERVER + "\n    proxy-url: http://file:1"));
    assertThat(loader.load(Optional.of(file), Optional.empty()).getHttpsProxy())
        .isEqualTo("http://file:1");
  }

  @Test
  void impersonationOfTheKubeconfigIsSentAsHeaders() throws Exception {
    Path file =
        KubeconfigFile.write(
            directory.resolve("config"),
            SERVER,
            "",
            "token: t",
            "as: jane",
            "as-groups: [dev, ops]",
            "as-uid: u-1",
            "as-user-extra: {example.org/scopes: [a, b]}");
    var source = new AccessSource(load(file), directory.resolve("no-account"));
    var credentials = new Fabric8Credentials(source::read, InstantSource.system());
    assertThat(credentials.current().headers())
        .containsEntry("Impersonate-User", List.of("jane"))
        .containsEntry("Impersonate-Group", List.of("dev", "ops"))
        .containsEntry("Impersonate-Uid", List.of("u-1"))
        .containsEntry("Impersonate-Extra-example.org%2Fscopes", List.of("a", "b"));
  }

  @Test
  void whatTheJdkClientCannotDoIsRefused() throws Exception {
    Config socks = load(KubeconfigFile.write(directory.resolve("config"), SERVER, ""));
    socks.setHttpsProxy("socks5://127.0.0.1:1080");
    assertThatThrownBy(() -> Connection.open(socks, "f", InstantSource.system()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("socks5 proxy");
    Config name = load(directory.resolve("config"));
    name.setTlsServerName("api.example.org");
    assertThatThrownBy(() -> Connection.open(name, "f", InstantSource.system()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tls-server-name");
    Config store = load(directory.resolve("config"));
    store.setTrustStoreFile("authorities.jks");
    assertThatThrownBy(() -> Connection.open(store, "f", InstantSource.system()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("trust store");
    Config login = load(directory.resolve("config"));
    login.setHttpsProxy("http://me:secret-canary@127.0.0.1:3128");
    assertThatThrownBy(() -> Connection.open(login, "f", InstantSource.system()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("jdk.http.auth.tunneling.disabledSchemes")
        .hasMessageNotContaining("canary");
  }
}
