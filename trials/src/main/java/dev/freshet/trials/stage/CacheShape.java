package dev.freshet.trials.stage;

import dev.freshet.CacheDeclaration;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Locale;

/** How much of the Pods a cache holds, and how it is read. */
public enum CacheShape {
  /** All of them. */
  WHOLE,
  /** Those of two namespaces, with a stream for each. */
  NAMESPACES,
  /** Those that a label selects. */
  SELECTED,
  /** The metadata of all. */
  METADATA;

  private static final ResourceType POD = new ResourceType("", "v1", Stage.PODS, "Pod", true);
  private static final String ONE_NAMESPACE = "team-a";
  private static final String OTHER_NAMESPACE = "team-c";
  private static final String WORKERS = Workload.NODE_TYPE_LABEL + "=" + Workload.WORKER;

  CacheDeclaration declaration() {
    var all = CacheDeclaration.of(POD);
    return switch (this) {
      case WHOLE -> all;
      case NAMESPACES -> all.inNamespaces(ONE_NAMESPACE, OTHER_NAMESPACE);
      case SELECTED -> all.selecting(Query.labels(WORKERS));
      case METADATA -> all.ofMetadata();
    };
  }

  /** What such a cache is asked for. Each stream counts as a cache, for each goes forward alone. */
  public List<View> views(Freshet freshet) {
    Reads<Pod> pods = freshet.reads(Pod.class);
    var all = View.of(toString(), pods);
    return switch (this) {
      case WHOLE -> List.of(all, all.labelled(WORKERS));
      case NAMESPACES -> List.of(all.inNamespace(ONE_NAMESPACE), all.inNamespace(OTHER_NAMESPACE));
      case SELECTED -> List.of(all.labelled(WORKERS));
      case METADATA -> List.of(all);
    };
  }

  /** What such a cache holds, by its views. */
  public List<Holding> holdings(Freshet freshet) {
    return views(freshet).stream().map(View::holding).toList();
  }

  /** As people read it, such as {@code metadata}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
