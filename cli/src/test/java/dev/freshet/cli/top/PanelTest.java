package dev.freshet.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.top.Panel.Column;
import dev.freshet.cli.top.Panel.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {

  private final Panel panel =
      new Panel(
          "things",
          List.of(
              Column.name("NAME"),
              Column.figure("FEW", 1),
              Column.figure("FEWER", 2),
              Column.words("WHY", 0)),
          List.of(
              new Row(
                  List.of("a-name-of-some-length", "1", "2", "since nothing else would do"), 1)));

  @Test
  void whereThereIsRoomAllOfItIsShown() {
    assertThat(panel.lines(80))
        .containsExactly(
            "NAME                   FEW  FEWER  WHY",
            "a-name-of-some-length    1      2  since nothing else would do");
  }

  @Test
  void wordsAreCutBeforeAColumnGoes() {
    assertThat(panel.lines(50))
        .containsExactly(
            "NAME                   FEW  FEWER  WHY",
            "a-name-of-some-length    1      2  since nothing …");
  }

  @Test
  void columnsGoByTheirRank() {
    assertThat(panel.lines(42))
        .containsExactly(
            "NAME                   FEW  WHY", "a-name-of-some-length    1  since nothing…");
    assertThat(panel.lines(36))
        .containsExactly("NAME                   WHY", "a-name-of-some-length  since nothin…");
  }

  @Test
  void whatCannotBeMadeToFitIsCutOff() {
    assertThat(panel.lines(8)).containsExactly("NAME   …", "a-name-…");
  }

  @Test
  void noNameMovesTheCursor() {
    assertThat(Panel.cut("a\033[2J\nb\u009b", 80)).isEqualTo("a?[2J?b?");
  }

  @Test
  void aTextIsCutBetweenItsCharacters() {
    assertThat(Panel.cut("\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80", 2)).isEqualTo("\uD83D\uDE80…");
    assertThat(Panel.cut("two", 3)).isEqualTo("two");
  }
}
