package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.PodListMessage;
import dev.freshet.bench.WireMessage;
import dev.freshet.codec.ProtobufCodec;
import dev.freshet.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedPodsTest {
  @TempDir private Path directory;
  private Path list = Path.of("list");

  @BeforeEach
  void record() throws IOException {
    list = Files.write(directory.resolve("list"), listOf("web-1", "web-z"));
  }

  /** A list of Pods with the label that most of them have. */
  static byte[] listOf(String... names) {
    WireMessage pods = new WireMessage().field(1, new WireMessage().field(2, "9"));
    for (String name : names) {
      WireMessage label = new WireMessage().field(1, Arena.MOST).field(2, "yes");
      WireMessage metadata =
          new WireMessage()
              .field(1, name)
              .field(3, "ns")
              .field(5, "uid-" + name)
              .field(6, "7")
              .field(11, label);
      pods.field(2, new WireMessage().field(1, metadata));
    }
    return new WireMessage()
        .verbatim(new byte[] {'k', '8', 's', 0})
        .field(1, new WireMessage().field(1, "v1").field(2, "PodList"))
        .field(2, pods)
        .toBytes();
  }

  @Test
  void aPodItselfIsAsItWasRecorded() {
    StoredObject pod = told(0, 0);

    assertThat(pod.key()).hasToString("ns/web-1");
    assertThat(pod.labels().get(Arena.MOST)).isEqualTo("yes");
  }

  @Test
  void allCopiesOfAllPodsHaveDifferentNames() {
    List<String> names = new ArrayList<>();
    for (int copy = 0; copy < 10; copy++) {
      names.add(told(0, copy).key().name());
    }

    assertThat(names).startsWith("web-1", "web-2").doesNotHaveDuplicates();
  }

  @Test
  void theLastLetterIsFollowedByTheFirstDigit() {
    assertThat(told(1, 1).key().name()).isEqualTo("web-0");
  }

  @Test
  void aCopyLacksTheLabelThatMostPodsHave() {
    assertThat(IntStream.range(1, 10).mapToObj(copy -> told(0, copy).labels().get(Arena.MOST)))
        .containsOnlyNulls();
  }

  private StoredObject told(int index, int copy) {
    var pods = new RecordedPods(new Recording(list, list));
    byte[] item = pods.item(index, copy);
    List<StoredObject> told = new ArrayList<>();
    var decoder = ProtobufCodec.INSTANCE.list(told::add);
    decoder.push(ByteBuffer.wrap(PodListMessage.head(9, item.length)));
    decoder.push(ByteBuffer.wrap(item));
    assertThat(decoder.end().resourceVersion()).hasToString("9");
    return told.getFirst();
  }
}
