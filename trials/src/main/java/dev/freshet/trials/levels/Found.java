package dev.freshet.trials.levels;

import dev.freshet.Provenance;
import dev.freshet.Read;
import dev.freshet.ReadList;
import dev.freshet.Row;
import dev.freshet.Token;
import java.util.List;
import java.util.function.Supplier;

/** An answer of Freshet, whether a get's or a list's. */
record Found(List<? extends Row<?>> rows, Provenance provenance, Supplier<Token> token) {
  static <T> Found of(ReadList<T> list) {
    return new Found(list.rows(), list.provenance(), list::token);
  }

  static <T> Found of(Read<T> read) {
    return new Found(read.row().stream().toList(), read.provenance(), read::token);
  }
}
