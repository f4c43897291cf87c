package dev.freshet.trials.levels;

import dev.freshet.Row;
import dev.freshet.object.ObjectKey;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The questions that clients ask. Few selectors, since the judge folds all history once for each;
 * any name. Thread-safe.
 */
final class Repertoire {
  private static final List<String> NAMESPACES = List.of("team-a", "team-b", "team-c", "team-d");
  private static final int CLUSTERS = 16;

  private final List<Question> lists = new ArrayList<>();
  private volatile List<ObjectKey> pods;

  /** Asks for what is there. */
  Repertoire(List<? extends Row<?>> pods) {
    this.pods = pods.stream().map(Row::key).toList();
    pods.stream()
        .flatMap(row -> Stream.ofNullable(row.labels().get(Workload.CLUSTER_LABEL)))
        .distinct()
        .sorted()
        .limit(CLUSTERS)
        .forEach(
            cluster -> {
              var all = Question.labelled(Kind.PODS, Workload.CLUSTER_LABEL + "=" + cluster);
              lists.add(all);
              lists.add(all.in(NAMESPACES.getFirst()));
            });
    for (int shard = 0; shard < 4; shard++) {
      lists.add(Question.labelled(Kind.PODS, Churn.SHARD_LABEL + "=" + shard));
    }
    var some = Question.labelled(Kind.PODS, "team in (payments, risk),!" + Workload.CLUSTER_LABEL);
    lists.add(some);
    lists.add(some.in("team-a", "team-c"));
    lists.add(
        Question.labelled(
            Kind.PODS, Scenery.CLIENT_LABEL + " notin (sentinel)," + Scenery.CLIENT_LABEL));
    lists.add(Question.everything(Kind.PODS).in(Scenery.NAMESPACE));
    lists.add(Question.labelled(Kind.PODS, "ray.io/group=headgroup").in("team-b", "team-d"));
  }

  /** The Pods that there are now, as somebody has just seen. */
  void seen(List<? extends Row<?>> now) {
    pods = now.stream().map(Row::key).toList();
  }

  static String anyNamespace(RandomGenerator random) {
    return NAMESPACES.get(random.nextInt(NAMESPACES.size()));
  }

  /** Any question about Pods; one in a hundred is for all of them. */
  Question any(RandomGenerator random) {
    int chosen = random.nextInt(200);
    if (chosen < 2) {
      return Question.everything(Kind.PODS);
    }
    if (chosen < 6) {
      return Question.everything(Kind.PODS).in(anyNamespace(random));
    }
    return narrow(random);
  }

  /** One of the lists by label or namespace. */
  Question list(RandomGenerator random) {
    return lists.get(random.nextInt(lists.size()));
  }

  /** One about Pods that selects few. */
  Question pods(RandomGenerator random) {
    return random.nextBoolean() ? list(random) : pod(random);
  }

  /** One that selects few: of the quiet kind, one object, or by labels. */
  Question narrow(RandomGenerator random) {
    int chosen = random.nextInt(20);
    if (chosen == 0) {
      return quiet(random);
    }
    if (chosen < 10) {
      return list(random);
    }
    return pod(random);
  }

  private Question pod(RandomGenerator random) {
    List<ObjectKey> known = pods;
    if (known.isEmpty() || random.nextInt(20) == 0) {
      return Question.object(Kind.PODS, anyNamespace(random), "nobody");
    }
    ObjectKey key = known.get(random.nextInt(known.size()));
    return Question.object(Kind.PODS, key.namespace(), key.name());
  }

  /** One about the quiet kind. */
  Question quiet(RandomGenerator random) {
    return random.nextBoolean()
        ? Question.everything(Kind.CONFIG_MAPS).in(Scenery.NAMESPACE)
        : Question.object(
            Kind.CONFIG_MAPS,
            Scenery.NAMESPACE,
            Scenery.quiet(random.nextInt(Scenery.CONFIG_MAPS)));
  }
}
