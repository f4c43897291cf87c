package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Items;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * fabric8's own informer of all Pods, as its users have it: its defaults, its client. Says nothing
 * of the version of what it holds. Lives as long as its process. Thread-safe.
 */
final class Informer {
  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(2);

  private static final Pattern EQUALITY_OR_NONE = Pattern.compile("([\\w./-]+=[\\w.-]+)?");

  private final SharedIndexInformer<Pod> informer;

  private Informer(SharedIndexInformer<Pod> informer) {
    this.informer = informer;
  }

  /** Starts one and waits until it has synced. */
  static Informer start(Path kubeconfig, String context) {
    var config = Config.fromKubeconfig(context, kubeconfig.toFile());
    var client = new KubernetesClientBuilder().withConfig(config).build();
    SharedIndexInformer<Pod> informer = client.pods().inAnyNamespace().inform();
    if (!Poll.until("fabric8's informer", SYNCED_WITHIN, informer::hasSynced)) {
      throw new TestkitException("fabric8's informer has not synced; see the log.");
    }
    return new Informer(informer);
  }

  /** Whether it can be asked: its store knows objects, not selectors. */
  static boolean understands(Question question) {
    return question.kind() == Kind.PODS && EQUALITY_OR_NONE.matcher(question.labels()).matches();
  }

  /** What it holds of Pods that a question asks for, looked at one by one as its users do. */
  List<Pod> read(Question question) {
    String[] label = question.labels().split("=", 2);
    return informer.getStore().list().stream()
        .filter(
            pod ->
                question.namespaces().isEmpty()
                    || question.namespaces().contains(pod.getMetadata().getNamespace()))
        .filter(pod -> !question.isGet() || question.name().equals(pod.getMetadata().getName()))
        .filter(
            pod -> label.length < 2 || label[1].equals(pod.getMetadata().getLabels().get(label[0])))
        .toList();
  }

  /** Adds objects to an answer that is written down. */
  static void add(List<Pod> pods, Items.Gathering into) {
    for (Pod pod : pods) {
      var metadata = pod.getMetadata();
      into.add(
          Item.of(
              metadata.getNamespace() + "/" + metadata.getName(),
              metadata.getUid(),
              Long.parseLong(metadata.getResourceVersion()),
              metadata.getAnnotations().getOrDefault(Workload.TAG, "")));
    }
  }
}
