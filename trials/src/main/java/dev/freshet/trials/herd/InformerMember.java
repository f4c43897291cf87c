package dev.freshet.trials.herd;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.workload.PodKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/**
 * fabric8's informer as its users have it, with a client of its own and the defaults of both, but
 * for {@link VersionsOnly}.
 */
final class InformerMember implements HerdMember {
  private final KubernetesClient client;
  private final VersionsOnly held = new VersionsOnly();

  private InformerMember(KubernetesClient client) {
    this.client = client;
  }

  static InformerMember connect(Config config, String caller) {
    var usual =
        new ConfigBuilder(config)
            .withUserAgent("fabric8 (caller=" + caller + ")")
            .withRequestRetryBackoffLimit(Config.DEFAULT_REQUEST_RETRY_BACKOFFLIMIT)
            .build();
    var member = new InformerMember(new KubernetesClientBuilder().withConfig(usual).build());
    SharedIndexInformer<Pod> informer =
        member.client.pods().inAnyNamespace().runnableInformer(0).itemStore(member.held);
    var unused = informer.start();
    if (!Poll.until("fabric8's informer", FreshetMember.SYNCED_WITHIN, informer::hasSynced)) {
      member.close();
      throw new TestkitException("fabric8's informer has not synced; see the log.");
    }
    return member;
  }

  @Override
  public Optional<String> version(PodKey pod) {
    return Optional.ofNullable(held.get(pod.toString()))
        .map(found -> found.getMetadata().getResourceVersion());
  }

  @Override
  public long streamedLists() {
    return 0;
  }

  @Override
  public void close() {
    client.close();
  }
}
