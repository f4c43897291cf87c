package dev.freshet;

import java.util.Optional;
import java.util.function.Supplier;

/** The answer to a read of one object. Absence is an answer too, with the same provenance. */
public final class Read<T> {

  private final Optional<Row<T>> row;
  private final Provenance provenance;
  private final Supplier<Token> token;

  Read(Optional<Row<T>> row, Provenance provenance, Supplier<Token> token) {
    this.row = row;
    this.provenance = provenance;
    this.token = token;
  }

  /** The object's row; empty if there is no such object. */
  public Optional<Row<T>> row() {
    return row;
  }

  public Provenance provenance() {
    return provenance;
  }

  public boolean isPresent() {
    return row.isPresent();
  }

  /** The object, decoded anew at each call; empty if there is none. */
  public Optional<T> object() {
    return row.map(Row::object);
  }

  /** What this answer has shown, to hand on: as {@link ReadList#token()}. */
  public Token token() {
    return token.get();
  }

  @Override
  public String toString() {
    return row.map(Row::toString).orElse("absent") + " " + provenance;
  }
}
