package dev.freshet.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {

  @Test
  void sortsAsTheServersListsDoByTheTextOfNamespaceSlashName() {
    List<ObjectKey> keys =
        List.of(
            new ObjectKey("a", "z"),
            new ObjectKey("a-b", "x"),
            new ObjectKey("a", "x"),
            new ObjectKey("ab", "x"),
            new ObjectKey("a0", "x"),
            new ObjectKey("", "node-1"),
            new ObjectKey("a", "x.1"),
            new ObjectKey("a", "x-1"));
    assertThat(keys.stream().sorted().toList())
        .isEqualTo(
            keys.stream()
                .sorted(Comparator.comparing(key -> key.namespace() + "/" + key.name()))
                .toList());
  }
}
