package dev.freshet.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void aTableThatIsTooWideGivesItsFirstColumnLinesOfItsOwn() {
    Table table = new Table(List.of("what", "one", "other"));
    String what = "w".repeat(75);
    table.add(List.of(what, "1", "2"));

    assertThat(table.aligned())
        .isEqualTo(
            """
            what
              one  other
            %s
                1      2
            """
                .formatted(what));
  }

  @Test
  void aTableThatFitsHasALineForEachRow() {
    Table table = new Table(List.of("what", "one"));
    table.add(List.of("w", "1"));

    assertThat(table.aligned()).isEqualTo("what  one\nw       1\n");
  }
}
