package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Consistency;
import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.discovery.ServedKind;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.transport.Transport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One filled object of every kind that the API server lets one create and list, alpha and beta
 * included, read in both formats. Each version of a kind reads the one object that is stored.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryKindTest {

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(60);
  private static final KubernetesSerialization FABRIC8 = new KubernetesSerialization();

  /** Kubernetes 1.37 has 85 with all their versions, and two are defined here. */
  private static final int MANY = 80;

  private static final String DEFINED_HERE = "kinds.freshet.dev";

  /** Kept in caches too: quantities, bytes, microtimes, raw JSON, volumes, and JSON on the wire. */
  private static final List<String> CACHED =
      List.of("pods", "secrets", "leases", "deviceclasses", "podtemplates", "widgets");

  private final ControlPlane plane =
      ControlPlane.start(
          ControlPlaneOptions.standard().serverFlags("--runtime-config=api/all=true"));
  private final Manifests manifests = new Manifests(plane.client(User.ADMIN));
  private final Connected normal = Connected.by(plane, WireFormat::asAsked);
  private final Connected json = Connected.by(plane, WireFormat::json);
  private List<ServedKind> served = List.of();

  @BeforeAll
  void createOneOfEach() {
    for (String file : List.of("core.yaml", "workloads.yaml", "cluster.yaml")) {
      manifests.create(file, normal.freshet().kinds());
    }
    Await.until(
        "the custom resource is served",
        () -> normal.freshet().kinds().find(DEFINED_HERE, "v1", "widgets").isPresent());
    manifests.create("custom.yaml", normal.freshet().kinds());
    served = normal.freshet().kinds().served();
  }

  @AfterAll
  void end() {
    normal.freshet().close();
    json.freshet().close();
    plane.close();
  }

  Stream<ResourceType> kinds() {
    return served.stream()
        .filter(kind -> kind.verbs().containsAll(List.of("create", "list")))
        .map(ServedKind::type);
  }

  /** Those that fabric8 has a class for. */
  Stream<Class<? extends HasMetadata>> models() {
    return kinds().flatMap(kind -> model(kind).stream());
  }

  @Test
  void everyKindHasAManifest() {
    assertThat(kinds())
        .hasSizeGreaterThan(MANY)
        .allSatisfy(kind -> assertThat(manifests.of(kind)).as("manifest in kinds/").isPresent());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void builtInKindsComeInProtobufAndOthersInJson(ResourceType kind) {
    boolean known = FieldTables.get().kind(kind.apiVersion(), kind.kind()).isPresent();
    assertThat(known).isEqualTo(!kind.group().equals(DEFINED_HERE));
    readBoth(kind, freshet -> freshet.reads(kind));
    assertThat(normal.formats().of(kind))
        .isEqualTo(known ? "application/vnd.kubernetes.protobuf" : "application/json");
    assertThat(json.formats().of(kind)).isEqualTo("application/json");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noFieldIsLost(ResourceType kind) {
    Both<GenericKubernetesResource> both = readBoth(kind, freshet -> freshet.reads(kind));
    GenericKubernetesResource fromJson = both.json().object();
    if (kind.kind().equals("StatefulSet")) {
      takeTypesOffClaimTemplates(fromJson);
    }
    assertThat(both.normal().object()).usingRecursiveComparison().isEqualTo(fromJson);
  }

  /**
   * Protobuf has no place for the type of an object within an object. Only here does the API server
   * write one in JSON, always the same; see docs/reference/wire.md.
   */
  private static void takeTypesOffClaimTemplates(GenericKubernetesResource statefulSet) {
    List<Map<String, Object>> templates = statefulSet.get("spec", "volumeClaimTemplates");
    assertThat(templates)
        .isNotEmpty()
        .allSatisfy(
            template -> {
              assertThat(template.remove("apiVersion")).isEqualTo("v1");
              assertThat(template.remove("kind")).isEqualTo("PersistentVolumeClaim");
            });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theRowIsTheSame(ResourceType kind) {
    Both<GenericKubernetesResource> both = readBoth(kind, freshet -> freshet.reads(kind));
    assertThat(Head.of(both.normal())).isEqualTo(Head.of(both.json()));
  }

  @ParameterizedTest
  @MethodSource("models")
  <T extends HasMetadata> void theModelObjectIsTheSame(Class<T> model) {
    Both<T> both = readBoth(Fabric8Model.typeOf(model), freshet -> freshet.reads(model));
    T fromProtobuf = both.normal().object();
    T fromJson = both.json().object();
    assertThat(fromProtobuf).usingRecursiveComparison().isEqualTo(fromJson);
    assertThat(FABRIC8.asJson(fromProtobuf)).isEqualTo(FABRIC8.asJson(fromJson));
  }

  @Test
  void aCacheHoldsTheSameFromItsStreamedListAndFromItsWatch() {
    List<ResourceType> kinds =
        kinds().filter(kind -> CACHED.contains(kind.plural()) && isV1(kind)).toList();
    assertThat(kinds).hasSameSizeAs(CACHED);
    try (Freshet cache = connectWithCaches(kinds)) {
      cache.awaitSynced(SYNCED_WITHIN);
      kinds.forEach(kind -> assertCached(cache, kind));
      kinds.forEach(manifests::touch);
      kinds.forEach(kind -> assertCached(cache, kind));
    }
  }

  private Freshet connectWithCaches(List<ResourceType> kinds) {
    return Freshet.connect(
        options -> {
          options.config(plane.config(User.ADMIN));
          kinds.forEach(options::cache);
        });
  }

  private void assertCached(Freshet cache, ResourceType kind) {
    Row<GenericKubernetesResource> wanted =
        read(kind, json.freshet().reads(kind), strong()).orElseThrow();
    Reads<GenericKubernetesResource> reads = cache.reads(kind);
    Await.until(
        "the cache has " + kind,
        () -> read(kind, reads, cached()).map(Row::resourceVersion).equals(version(wanted)));
    Row<GenericKubernetesResource> found = read(kind, reads, cached()).orElseThrow();
    assertThat(Head.of(found)).isEqualTo(Head.of(wanted));
    assertThat(found.object()).usingRecursiveComparison().isEqualTo(wanted.object());
  }

  private static boolean isV1(ResourceType kind) {
    return kind.version().equals("v1");
  }

  private static Optional<ResourceVersion> version(Row<?> row) {
    return Optional.of(row.resourceVersion());
  }

  @SuppressWarnings("unchecked") // fabric8 registers only classes of objects
  private static Optional<Class<? extends HasMetadata>> model(ResourceType kind) {
    return Optional.ofNullable(
        (Class<? extends HasMetadata>)
            FABRIC8.getRegisteredKubernetesResource(kind.apiVersion(), kind.kind()));
  }

  /** Again until both are at one version: the API server itself writes into some objects. */
  private <T> Both<T> readBoth(ResourceType kind, Function<Freshet, Reads<T>> reads) {
    AtomicReference<Both<T>> both = new AtomicReference<>();
    Await.until(
        kind + " is read twice at one version",
        () -> {
          var first = read(kind, reads.apply(normal.freshet()), strong()).orElseThrow();
          var second = read(kind, reads.apply(json.freshet()), strong()).orElseThrow();
          both.set(new Both<>(first, second));
          return first.resourceVersion().equals(second.resourceVersion());
        });
    return Objects.requireNonNull(both.get());
  }

  private <T> Optional<Row<T>> read(ResourceType kind, Reads<T> reads, Consistency level) {
    ObjectMeta metadata = manifests.of(kind).orElseThrow().getMetadata();
    Reads<T> there = kind.namespaced() ? reads.inNamespace(metadata.getNamespace()) : reads;
    return there.get(metadata.getName(), level).row();
  }

  /** One connection, and the formats its answers came in. */
  private record Connected(Freshet freshet, WireFormat formats) {
    static Connected by(ControlPlane plane, Function<Transport, WireFormat> formats) {
      CompletableFuture<WireFormat> format = new CompletableFuture<>();
      Freshet freshet =
          Freshet.connect(
              options ->
                  options
                      .config(plane.config(User.ADMIN))
                      .transport(
                          server -> {
                            format.complete(formats.apply(server));
                            return format.join();
                          }));
      return new Connected(freshet, format.join());
    }
  }

  /** One object at one version, as it is normally read and from JSON. */
  private record Both<T>(Row<T> normal, Row<T> json) {}

  /** What a row knows without decoding. */
  private record Head(
      ObjectKey key,
      String uid,
      ResourceVersion version,
      Labels labels,
      Optional<Owner> controller) {
    static Head of(Row<?> row) {
      return new Head(row.key(), row.uid(), row.resourceVersion(), row.labels(), row.controller());
    }
  }
}
