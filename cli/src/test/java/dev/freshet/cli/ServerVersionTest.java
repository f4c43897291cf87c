package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"v1.29.15", "v1.9.0", "v0.99.0", "1.28.2", "v1.29.3+k3s1", "v1.29.0-gke.1"})
  void serversBefore130AreOlder(String version) {
    assertThat(ServerVersion.isOlder(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.30.0", "v1.37.2", "v1.100.0", "v2.0.0", "v1.30.1+rke2r1", "unknown"})
  void laterServersAndUnreadableVersionsAreNot(String version) {
    assertThat(ServerVersion.isOlder(version)).isFalse();
  }
}
