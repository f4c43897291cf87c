package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TouchTargetTest {

  private static final CacheDeclaration PODS = CacheDeclaration.of(Wire.PODS);

  @TempDir private Path directory;

  @Test
  void ourOwnPodIsWhatTheDownwardApiSays() {
    Map<String, String> environment = Map.of("POD_NAME", "quota-7", "POD_NAMESPACE", "shop");
    assertThat(OwnPod.in(environment, directory.resolve("none")))
        .isEqualTo(new ObjectKey("shop", "quota-7"));
  }

  @Test
  void theServiceAccountKnowsTheNamespaceToo() throws Exception {
    Path file = Files.writeString(directory.resolve("namespace"), "shop\n");
    assertThat(OwnPod.in(Map.of("POD_NAME", "quota-7"), file))
        .isEqualTo(new ObjectKey("shop", "quota-7"));
  }

  @Test
  void outsideOfAPodTheErrorSaysWhatToSet() {
    assertThatThrownBy(() -> OwnPod.in(Map.of(), directory.resolve("none")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("valueFrom.fieldRef");
    assertThatThrownBy(() -> OwnPod.in(Map.of("POD_NAME", "a"), directory.resolve("none")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Fence", "a\"b", "-a", "a/b"})
  void aNameThatNoPodCanHaveIsRefused(String name) {
    assertThatThrownBy(() -> TouchTarget.sentinel("shop", name))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void aRateMustBePositive() {
    TouchTarget target = TouchTarget.of("shop", "lock");
    assertThat(target.perSecond(0.5).perSecond()).isEqualTo(0.5);
    assertThatThrownBy(() -> target.perSecond(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> target.perSecond(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatTheCacheDoesNotHoldIsNotTouched() {
    TouchTarget target = TouchTarget.of("shop", "lock");
    assertThat(PODS.inNamespaces("shop", "bank").touching(target).touched()).contains(target);
    assertThatThrownBy(() -> PODS.inNamespace("bank").touching(target))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("does not hold shop/lock");
    assertThatThrownBy(() -> PODS.touching(target).inNamespace("bank"))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void aPodIsMadeOnlyForACacheThatShowsIt() {
    TouchTarget made = TouchTarget.sentinel("shop", "fence");
    var maps = CacheDeclaration.of(new ResourceType("", "v1", "ConfigMap", "configmaps", true));
    assertThatThrownBy(() -> maps.touching(made)).isInstanceOf(ConfigurationException.class);
    Query workers = Query.labels("role=worker");
    assertThatThrownBy(() -> PODS.selecting(workers).touching(made))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Name an object that it holds");
  }
}
