package dev.freshet.fabric8.defects;

import dev.freshet.object.ResourceType;
import dev.freshet.testkit.fault.Answers;
import dev.freshet.testkit.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Small Pods for scripts, and patient waiting. */
final class Pods {
  static final ResourceType TYPE = new ResourceType("", "v1", "pods", "Pod", true);
  static final Answers ANSWERS = Answers.of(Pod.class);
  static final String NAMESPACE = "ns";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Pods() {}

  static Pod pod(String name, long version) {
    return pod(name, version, "");
  }

  static Pod pod(String name, long version, String note) {
    return in(NAMESPACE, name, version, note);
  }

  static Pod in(String namespace, String name, long version, String note) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withUid("uid-" + name)
        .withResourceVersion(Long.toString(version))
        .addToAnnotations("note", note)
        .endMetadata()
        .build();
  }

  static void await(String what, BooleanSupplier condition) {
    if (!Poll.until(what, PATIENCE, condition)) {
      throw new AssertionError("still not: " + what);
    }
  }
}
