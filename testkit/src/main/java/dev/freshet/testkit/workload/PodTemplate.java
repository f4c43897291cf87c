package dev.freshet.testkit.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the Pods of one owner have in common, as the Pods of one Deployment or Ray group do.
 *
 * @param role whether its Pods are Ray workers, Ray heads or of another application
 * @param name the owner's name, unique among the templates of a seed
 * @param labels labels of every Pod
 * @param images the image of each of the two containers
 * @param variables the names of the environment variables, {@value #VARIABLES} in all
 * @param milliCpu the CPU request of the main container, in thousandths
 * @param memoryMebibytes its memory request
 * @param ports the ports of the main container
 * @param taints keys of the taints that are tolerated
 */
record PodTemplate(
    Role role,
    String name,
    Map<String, String> labels,
    List<String> images,
    List<String> variables,
    int milliCpu,
    int memoryMebibytes,
    List<Integer> ports,
    List<String> taints) {
  static final int VARIABLES = 15;

  private static final List<String> APPLICATIONS =
      List.of("checkout", "catalog", "ledger", "search", "gateway", "billing", "ingest", "notify");
  private static final List<String> TEAMS =
      List.of("payments", "discovery", "platform", "growth", "data", "risk");
  private static final List<String> GROUPS = List.of("small-group", "large-group", "gpu-group");
  private static final List<String> WORDS =
      List.of("CACHE", "QUEUE", "DB", "TRACE", "AUTH", "MODEL", "STORE", "FEATURE", "LIMIT");
  private static final List<String> ASPECTS =
      List.of("URL", "TIMEOUT", "TOKEN_PATH", "POOL_SIZE", "REGION", "MODE", "ENDPOINT");
  private static final List<String> TAINTS =
      List.of("nvidia.com/gpu", "dedicated", "spot", "node.kubernetes.io/memory-pressure");

  enum Role {
    RAY_WORKER,
    RAY_HEAD,
    APPLICATION
  }

  /** Where the products of {@link Variety#UNIFORM} begin; templates have smaller numbers. */
  private static final int FIRST_PRODUCT = 1_000_000;

  /** The numbers of a role's templates have these digits in common. */
  private static final int ROLE = 1_000;

  /** How many products there are of each role. */
  private static final int PRODUCTS = 4;

  /** The template with this number; equal for equal arguments. */
  static PodTemplate of(WorkloadSpec spec, int number, Role role) {
    var own = new Chance(spec.seed(), -1L - number);
    return switch (spec.variety()) {
      case VARIED -> of(number, role, own, own);
      case UNIFORM -> {
        int product = FIRST_PRODUCT + number / ROLE * ROLE + number % PRODUCTS;
        yield of(number, role, own, new Chance(spec.seed(), -1L - product));
      }
    };
  }

  /**
   * @param own decides what makes it this template: name, version, hash
   * @param chance decides the rest, which templates of one product have in common
   */
  private static PodTemplate of(int number, Role role, Chance own, Chance chance) {
    String application = role == Role.APPLICATION ? chance.oneOf(APPLICATIONS) : "raycluster";
    String name = application + "-" + own.letters(5) + number;
    String version = "v" + own.below(9) + "." + own.below(40) + "." + own.below(20);
    return new PodTemplate(
        role,
        name,
        labels(role, name, application, version, own, chance),
        List.of(
            "registry.example.com/" + chance.oneOf(TEAMS) + "/" + application + ":" + version,
            "registry.example.com/platform/sidecar:1." + chance.below(30)),
        variables(chance),
        250 * (1 + chance.below(16)),
        256 * (1 + chance.below(32)),
        List.of(8080 + chance.below(100), 9090 + chance.below(100)),
        chance.happens(0.5) ? List.of(chance.oneOf(TAINTS)) : TAINTS.subList(0, 2));
  }

  private static Map<String, String> labels(
      Role role, String name, String application, String version, Chance own, Chance chance) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("app.kubernetes.io/name", role == Role.APPLICATION ? application : "kuberay");
    labels.put("app.kubernetes.io/version", version);
    labels.put("team", chance.oneOf(TEAMS));
    if (role == Role.APPLICATION) {
      labels.put("app", name);
      labels.put("pod-template-hash", own.letters(10));
    } else {
      labels.put(Workload.CLUSTER_LABEL, name);
      labels.put(Workload.NODE_TYPE_LABEL, role == Role.RAY_WORKER ? Workload.WORKER : "head");
      labels.put("ray.io/group", role == Role.RAY_WORKER ? chance.oneOf(GROUPS) : "headgroup");
      labels.put("ray.io/is-ray-node", "yes");
    }
    return labels;
  }

  private static List<String> variables(Chance chance) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, VARIABLES)
        .forEach(i -> names.add(chance.oneOf(WORDS) + "_" + i + "_" + chance.oneOf(ASPECTS)));
    return List.copyOf(names);
  }
}
