package dev.freshet.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.TestkitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final Caller CALLER = new Caller("c", "s", "k");
  private static final EtcdLog LOG =
      new EtcdLog(
          List.of(
              new EtcdEpoch(5, List.of(event(3, false)), List.of(event(6, true)), 7, 10, 20),
              new EtcdEpoch(4, List.of(), List.of(event(6, false)), 9, 30, EtcdEpoch.NEVER)));
  private static final History HISTORY =
      new History(
          List.of(
              new Write(
                  1,
                  CALLER,
                  "pods",
                  "a/b",
                  Write.Verb.PUT,
                  "u",
                  -1,
                  "t",
                  1,
                  2,
                  new Outcome.Done(6)),
              new Write(
                  2,
                  CALLER,
                  "pods",
                  "a/b",
                  Write.Verb.DELETE,
                  "u",
                  -1,
                  "",
                  2,
                  3,
                  new Outcome.Unknown("reset")),
              new Write(
                  3,
                  CALLER,
                  "pods",
                  "a/b",
                  Write.Verb.PUT,
                  "",
                  4,
                  "t",
                  3,
                  4,
                  new Outcome.Refused("conflict")),
              read(4, new Level.Cached()),
              read(5, new Level.Strong()),
              read(6, new Level.ReadYourWrites()),
              read(7, new Level.AtLeast("one")),
              read(8, new Level.Within(7)),
              read(9, new Level.Exactly("one")),
              read(10, new Level.Converged()),
              new Saw(11, CALLER, "pods", "a", 6, 20, 21),
              new Minted(12, CALLER, "one", new Minted.OfSession(), 22, 23),
              new Minted(13, CALLER, "two", new Minted.OfRead(4), 24, 25),
              new Minted(14, CALLER, "three", new Minted.OfVersion("pods", 6), 26, 27),
              new Minted(15, CALLER, "four", new Minted.Merged(List.of("one", "two")), 28, 29),
              new Adopted(16, CALLER, "four", 30, 31),
              new Watched(
                  17,
                  CALLER,
                  Query.all("pods"),
                  5,
                  true,
                  List.of(Item.of("a/b", "u", 3, "t")),
                  false,
                  List.of(
                      new Watched.Delivery(Watched.Kind.DELETED, "a/b", "u", 6, ""),
                      Watched.Delivery.bookmark(7)),
                  32,
                  33)),
          3);

  @TempDir private Path directory;

  @Test
  void everyKindOfOperationComesBackAsItWas() {
    for (String name : List.of("run.jsonl", "run.jsonl.gz")) {
      Path file = directory.resolve(name);
      HistoryFile.write(file, LOG, HISTORY);

      HistoryFile.Content read = HistoryFile.read(file);

      assertThat(read.log()).contains(LOG);
      assertThat(read.history()).isEqualTo(HISTORY);
    }
  }

  @Test
  void aFileOfOneProcessHasNoLog() {
    Path file = directory.resolve("part.jsonl");
    HistoryFile.write(file, HISTORY);

    assertThat(HistoryFile.read(file).log()).isEmpty();
  }

  @Test
  void aFileThatBreaksOffIsRefused() throws Exception {
    Path file = directory.resolve("run.jsonl");
    HistoryFile.write(file, LOG, HISTORY);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));

    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(TestkitException.class)
        .hasMessageContaining("breaks off after 17 operations");
  }

  @Test
  void whatIsNoHistoryIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("other"), "not JSON\n");

    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(TestkitException.class)
        .hasMessageContaining("is not a history");
  }

  private static EtcdEvent event(long rv, boolean deleted) {
    return new EtcdEvent(
        rv, "pods", "a/b", "u", deleted, Map.of("app", "x"), deleted ? "" : "t", 9, 15);
  }

  private static Read read(long id, Level level) {
    var answer =
        new Answer(
            6, Route.PROBE, 1, 500, true, 1, 12, Items.of(List.of(Item.of("a/b", "u", 3, "t"))));
    return new Read(id, CALLER, Query.all("pods").labels("app=x"), level, "", id, id + 1, answer);
  }
}
