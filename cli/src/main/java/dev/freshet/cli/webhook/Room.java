package dev.freshet.cli.webhook;

import dev.freshet.cli.rbac.Grantee;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchema;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaBuilder;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfiguration;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfigurationBuilder;
import java.util.List;

/**
 * Seats at the API server that only a webhook's own requests take. A request that is reviewed keeps
 * its seat meanwhile: where those take all that the webhook could have, it waits for them and they
 * for it.
 *
 * @param name of both objects, which have no namespace
 */
record Room(String name, Grantee.ServiceAccount account) {

  /** Of some 250 of a server: a dozen seats by default, and one at the least. */
  private static final int SHARES = 5;

  private static final int QUEUES = 16;
  private static final int QUEUES_OF_A_FLOW = 4;
  private static final int WAITING_IN_A_QUEUE = 50;

  /** Before the schema of all service accounts, after those of the system itself. */
  private static final int PRECEDENCE = 1000;

  List<HasMetadata> objects() {
    return List.of(level(), flow());
  }

  private PriorityLevelConfiguration level() {
    return new PriorityLevelConfigurationBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withType("Limited")
        .withNewLimited()
        .withNominalConcurrencyShares(SHARES)
        // What is lent comes back only when the borrower is done, which waits for the webhook.
        .withLendablePercent(0)
        .withNewLimitResponse()
        .withType("Queue")
        .withNewQueuing()
        .withQueues(QUEUES)
        .withHandSize(QUEUES_OF_A_FLOW)
        .withQueueLengthLimit(WAITING_IN_A_QUEUE)
        .endQueuing()
        .endLimitResponse()
        .endLimited()
        .endSpec()
        .build();
  }

  private FlowSchema flow() {
    return new FlowSchemaBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withMatchingPrecedence(PRECEDENCE)
        .withNewPriorityLevelConfiguration(name)
        .addNewRule()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withNewServiceAccount()
        .withNamespace(account.namespace())
        .withName(account.name())
        .endServiceAccount()
        .endSubject()
        .addNewResourceRule()
        .withVerbs("*")
        .withApiGroups("*")
        .withResources("*")
        .withNamespaces("*")
        .withClusterScope(true)
        .endResourceRule()
        .endRule()
        .endSpec()
        .build();
  }
}
