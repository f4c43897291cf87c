package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bench.WatchFrames;
import dev.freshet.bench.WireMessage;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class RecordedEventsTest {
  private static final byte[] NO_PODS =
      new WireMessage()
          .verbatim(new byte[] {'k', '8', 's', 0})
          .field(1, new WireMessage().field(1, "v1").field(2, "PodList"))
          .field(2, new WireMessage().field(1, new WireMessage().field(2, "9")))
          .toBytes();

  @Test
  void allEventsAreTakenEachTime() {
    var events = new RecordedEvents(NO_PODS, watch(10, 11, 12));

    assertThat(events.count()).isEqualTo(3);
    assertThat(events.replay()).isPositive();
    assertThat(events.replay()).isPositive();
  }

  @Test
  void eventsFromBeforeTheListDoNotFitIt() {
    var events = new RecordedEvents(NO_PODS, watch(8));

    assertThatThrownBy(events::replay).hasMessageContaining("the watch of");
  }

  @Test
  void aRecordingInWhichNothingHappenedIsNone() {
    assertThatThrownBy(() -> new RecordedEvents(NO_PODS, new byte[0]))
        .hasMessage("nothing happened while events were recorded");
  }

  private static byte[] watch(long... versions) {
    var frames = new ByteArrayOutputStream();
    for (long version : versions) {
      frames.writeBytes(WatchFrames.modified(WatchFrames.smallPod("ns", "pod", "uid", version)));
    }
    return frames.toByteArray();
  }
}
