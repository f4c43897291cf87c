package dev.freshet.cli.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BoardTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Board board =
      new Board(new PrintStream(out, true, StandardCharsets.UTF_8), UnaryOperator.identity());

  private String draw(String cell) {
    out.reset();
    var table = new Table(List.of(Header.left("KIND")));
    table.add(List.of(cell));
    board.draw(table);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theFirstTableIsDrawnWhereTheCursorIs() {
    assertThat(draw("pods")).isEqualTo("\033[?7lKIND\033[K\npods\033[K\n\033[J\033[?7h");
  }

  @Test
  void theNextIsDrawnOverIt() {
    draw("pods");
    assertThat(draw("nodes")).startsWith("\033[?7l\033[2AKIND");
  }

  @Test
  void wrappingIsLeftOnAfterEachTable() {
    assertThat(draw("pods")).endsWith("\033[?7h");
  }
}
