package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels that differ from object to object, as of batch jobs that are named by them. */
class ManyLabelValuesTest {
  private static final int OBJECTS = 100_000;

  private final Store store = new Store();

  @Test
  void aHundredThousandValuesOfOneLabelAreFoundOneByOne() {
    store.replace(objects(0), new ResourceVersion("1"), 1);

    LabelSelector one = LabelSelector.parse("job=job-77777");
    assertThat(snapshot().postings()).isEqualTo(OBJECTS);
    assertThat(snapshot().select(Optional.empty(), one, object -> true))
        .extracting(object -> object.key().name())
        .containsExactly("p77777");
  }

  @Test
  void valuesThatNobodyCarriesAnyMoreAreForgotten() {
    store.replace(objects(0), new ResourceVersion("1"), 1);
    objects(OBJECTS).forEach(store::put);
    store.publish();

    assertThat(snapshot().postings()).isEqualTo(OBJECTS);
    assertThat(
            snapshot()
                .select(Optional.empty(), LabelSelector.parse("job=job-77777"), object -> true))
        .isEmpty();

    objects(OBJECTS).forEach(store::remove);
    store.publish();
    assertThat(snapshot().postings()).isZero();
  }

  private Snapshot snapshot() {
    return store.snapshot().orElseThrow();
  }

  private static List<StoredObject> objects(int firstValue) {
    return IntStream.range(0, OBJECTS).mapToObj(i -> object(i, firstValue + i)).toList();
  }

  private static StoredObject object(int number, int value) {
    return new StoredObject(
        new ObjectKey("ns", "p" + number),
        "uid-" + number,
        new ResourceVersion(Integer.toString(value + 1)),
        Labels.of(Map.of("job", "job-" + value)),
        null,
        Body.of(new byte[0], Body.Encoding.JSON));
  }
}
