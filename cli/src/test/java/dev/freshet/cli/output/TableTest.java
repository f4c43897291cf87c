package dev.freshet.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.cli.output.Table.Header;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table = new Table(List.of(Header.left("NAME"), Header.right("READS")));

  private List<String> printed() {
    var out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8), UnaryOperator.identity());
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void wordsStandLeftAndFiguresRight() {
    table.add(List.of("a", "5"));
    table.add(List.of("longer", "123456"));
    assertThat(printed()).containsExactly("NAME      READS", "a             5", "longer   123456");
  }

  @Test
  void noLineEndsWithSpaces() {
    var words = new Table(List.of(Header.left("A"), Header.left("LAST")));
    words.add(List.of("x", "y"));
    var out = new ByteArrayOutputStream();
    words.print(new PrintStream(out, true, StandardCharsets.UTF_8), UnaryOperator.identity());
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("A   LAST\nx   y\n");
  }

  @Test
  void charactersOutsideTheBasicPlaneCountOnce() {
    table.add(List.of("\uD83D\uDE80", "1"));
    assertThat(printed().get(1)).isEqualTo("\uD83D\uDE80" + " ".repeat(10) + "1");
  }

  @Test
  void aRowHasOneCellForEachHeader() {
    assertThatIllegalArgumentException().isThrownBy(() -> table.add(List.of("a")));
  }
}
