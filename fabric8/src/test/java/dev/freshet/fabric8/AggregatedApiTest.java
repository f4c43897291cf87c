package dev.freshet.fabric8;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.readYourWrites;
import static dev.freshet.Consistency.strong;
import static dev.freshet.Consistency.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Fence;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An aggregated API whose versions have no order, behind the real API server. */
@WithControlPlane
@Timeout(120)
class AggregatedApiTest {

  private static final ResourceType THINGS =
      new ResourceType(OpaqueApi.GROUP, "v1", "things", "Thing", true);

  private final ControlPlane plane;
  private final KubernetesClient admin;
  private final OpaqueApi api = new OpaqueApi();

  AggregatedApiTest(ControlPlane plane) {
    this.plane = plane;
    this.admin = plane.client(User.ADMIN);
  }

  @BeforeEach
  void register() {
    api.registerWith(admin);
  }

  @AfterEach
  void close() {
    api.unregisterFrom(admin);
    api.close();
  }

  @Test
  void aCacheOfItIsKeptAndEveryOtherLevelIsAskedOfTheServerOrRefused() {
    try (Freshet freshet =
        Freshet.connect(options -> options.config(plane.config(User.ADMIN)).cache(THINGS))) {
      freshet.awaitSynced(Duration.ofSeconds(60));
      Reads<GenericKubernetesResource> things = freshet.reads(THINGS);
      assertThat(things.list(cached()))
          .extracting(thing -> thing.getMetadata().getName())
          .containsExactly("one");

      for (Fence fence : Fence.values()) {
        ReadList<GenericKubernetesResource> read = things.fence(fence).list(strong());
        assertThat(read.provenance().route()).as(fence.toString()).isEqualTo(Route.DIRECT);
        assertThat(read.resourceVersion().text()).isEqualTo(OpaqueApi.VERSION);
      }
      // The first list dates the cache whatever its version is called; no fence could do so anew.
      ReadList<GenericKubernetesResource> bounded = things.list(within(Duration.ofMinutes(2)));
      assertThat(bounded.provenance().route()).isEqualTo(Route.CACHED);
      assertThat(bounded.provenance().behindAtMost()).isPresent();
      ReadList<GenericKubernetesResource> newer = things.list(within(Duration.ofNanos(1)));
      assertThat(newer.provenance().route()).isEqualTo(Route.DIRECT);

      var session = freshet.session();
      session.saw(THINGS, things.list(cached()).getFirst());
      assertThatThrownBy(() -> session.reads(THINGS).list(readYourWrites()))
          .isInstanceOf(UnsupportedReadException.class)
          .hasMessageContaining("no order");

      api.add("two");
      Await.until("the event is in the cache", () -> things.list(cached()).size() == 2);
    }
  }
}
