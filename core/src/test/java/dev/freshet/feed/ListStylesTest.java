package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListStylesTest {

  private final ListStyles styles = new ListStyles();

  /** The styles of so many tries that all fail. */
  private List<ListStyle> failing(int tries) {
    List<ListStyle> tried = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      tried.add(styles.next());
      styles.failed();
    }
    return tried;
  }

  @Test
  void eachStyleIsTriedTwiceBeforeTheNextAndThenTheFirstAgain() {
    assertThat(failing(7))
        .containsExactly(
            ListStyle.WHOLE,
            ListStyle.WHOLE,
            ListStyle.STREAMED,
            ListStyle.STREAMED,
            ListStyle.PAGED,
            ListStyle.PAGED,
            ListStyle.WHOLE);
  }

  @Test
  void aServerThatDoesNotStreamIsNotAskedToAgain() {
    failing(2);
    styles.refuseStreamed();
    assertThat(failing(5))
        .containsExactly(
            ListStyle.PAGED, ListStyle.PAGED, ListStyle.WHOLE, ListStyle.WHOLE, ListStyle.PAGED);
  }

  @Test
  void afterASuccessTheCheapestIsTriedFirst() {
    failing(3);
    styles.worked();
    assertThat(styles.next()).isEqualTo(ListStyle.WHOLE);
  }
}
