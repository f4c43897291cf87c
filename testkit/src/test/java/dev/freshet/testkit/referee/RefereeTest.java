package dev.freshet.testkit.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.ContentHash;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Query;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.judge.Judge;
import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RefereeTest {
  private static final String PREFIX = "/registry/configmaps/";
  private static final Caller CALLER = new Caller("test", "session", "none");

  private static ControlPlane plane;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    plane = ControlPlane.start(ControlPlaneOptions.standard().readableStorage());
    client = plane.client(User.TEST);
  }

  @AfterAll
  static void close() {
    plane.close();
  }

  @Test
  void everyWriteIsThereInOrderWithUidLabelsAndTag() {
    try (Referee referee = Referee.watch(plane, PREFIX)) {
      ConfigMap created = create("first");
      ConfigMap changed = change(created, "second");
      delete(changed);

      List<EtcdEvent> events = eventsOf(referee.log(), created);

      assertThat(events).extracting(EtcdEvent::tag).containsExactly("first", "second", "");
      assertThat(events).extracting(EtcdEvent::deleted).containsExactly(false, false, true);
      assertThat(events).extracting(EtcdEvent::uid).containsOnly(created.getMetadata().getUid());
      assertThat(events.get(1).rv())
          .isEqualTo(Long.parseLong(changed.getMetadata().getResourceVersion()));
      assertThat(events.get(0).labels()).containsEntry("by", "referee-test");
    }
  }

  @Test
  void whatWasThereBeforeIsTheBase() {
    ConfigMap before = create("before");

    try (Referee referee = Referee.watch(plane, PREFIX)) {
      assertThat(referee.log().epochs().getFirst().base())
          .extracting(EtcdEvent::uid)
          .contains(before.getMetadata().getUid());
    }
  }

  @Test
  void theWatchGoesOnAfterEtcdWasKilled() {
    try (Referee referee = Referee.watch(plane, PREFIX)) {
      ConfigMap created = create("before the kill");

      plane.etcd().kill();
      plane.etcd().start();
      ConfigMap changed = change(created, "after the kill");

      assertThat(eventsOf(referee.log(), changed))
          .extracting(EtcdEvent::tag)
          .containsExactly("before the kill", "after the kill");
    }
  }

  @Test
  void aServedListIsJudgedWithAllItsFields() {
    try (Referee referee = Referee.watch(plane, PREFIX)) {
      create("one");
      delete(create("two"));
      var recorder = Recorder.start();

      var read =
          recorder.read(
              CALLER, Query.all("configmaps").labels("by=referee-test"), new Level.Strong());
      ConfigMapList list =
          client.configMaps().inAnyNamespace().withLabel("by", "referee-test").list();
      read.returned(
          items -> {
            list.getItems().forEach(map -> items.add(item(map)));
            return Answer.Claims.of(
                Long.parseLong(list.getMetadata().getResourceVersion()), Route.DIRECT);
          });

      assertThat(Judge.of(referee.log()).check(recorder.history()).violations()).isEmpty();
      assertThat(recorder.history().operations()).hasSize(1);
    }
  }

  @Test
  void anAnnouncedRestoreBeginsANewEpoch() throws Exception {
    try (ControlPlane own = ControlPlane.start(ControlPlaneOptions.standard().readableStorage())) {
      KubernetesClient there = own.client(User.TEST);
      create(there, "kept");
      Path data = own.etcd().log().resolveSibling("etcd");
      Path backup = data.resolveSibling("backup");
      own.etcd().stop();
      copy(data, backup);
      own.etcd().start();
      try (Referee referee = Referee.watch(own, PREFIX)) {
        create(there, "lost");
        own.server(0).stop();
        referee.across(
            () -> {
              own.etcd().kill();
              copy(backup, data);
              own.etcd().start();
              own.server(0).start();
            });
        create(there, "new");

        List<EtcdEpoch> epochs = referee.log().epochs();

        assertThat(epochs).hasSize(2);
        assertThat(epochs.get(0).events()).extracting(EtcdEvent::tag).contains("lost");
        assertThat(epochs.get(1).base())
            .extracting(EtcdEvent::tag)
            .contains("kept")
            .doesNotContain("lost");
        assertThat(epochs.get(1).events()).extracting(EtcdEvent::tag).contains("new");
        assertThat(epochs.get(0).endedNanos()).isLessThan(epochs.get(1).beganNanos());
      }
    }
  }

  /** Makes one directory equal to another; the other does not change meanwhile. */
  private static void copy(Path from, Path to) {
    try {
      if (Files.exists(to)) {
        try (Stream<Path> old = Files.walk(to)) {
          for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      try (Stream<Path> all = Files.walk(from)) {
        for (Path path : all.toList()) {
          Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void storageThatIsNotReadableIsSaidAtOnce() {
    try (ControlPlane unreadable = ControlPlane.start()) {
      assertThatThrownBy(() -> Referee.watch(unreadable, "/registry/namespaces/"))
          .isInstanceOf(RefereeException.class)
          .hasMessageContaining("readableStorage()");
    }
  }

  private static Item item(ConfigMap map) {
    return new Item(
        map.getMetadata().getNamespace() + "/" + map.getMetadata().getName(),
        map.getMetadata().getUid(),
        Long.parseLong(map.getMetadata().getResourceVersion()),
        map.getMetadata().getAnnotations().getOrDefault(Workload.TAG, ""),
        ContentHash.of(JsonMapper.shared().valueToTree(map)));
  }

  private static List<EtcdEvent> eventsOf(EtcdLog log, ConfigMap map) {
    return log.epochs().getFirst().events().stream()
        .filter(event -> event.key().equals("default/" + map.getMetadata().getName()))
        .toList();
  }

  private static ConfigMap create(String tag) {
    return create(client, tag);
  }

  private static ConfigMap create(KubernetesClient at, String tag) {
    return at.configMaps()
        .inNamespace("default")
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("map-" + UUID.randomUUID())
                .addToLabels("by", "referee-test")
                .addToAnnotations(Workload.TAG, tag)
                .endMetadata()
                .addToData("key", "value of " + tag)
                .build())
        .create();
  }

  private static ConfigMap change(ConfigMap map, String tag) {
    return client
        .configMaps()
        .resource(
            new ConfigMapBuilder(map)
                .editMetadata()
                .addToAnnotations(Workload.TAG, tag)
                .endMetadata()
                .build())
        .update();
  }

  private static void delete(ConfigMap map) {
    client.configMaps().resource(map).delete();
  }
}
