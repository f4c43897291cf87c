package dev.freshet;

import java.util.Optional;

/**
 * The answer to a read of one object. Absence is an answer too, with the same provenance.
 *
 * @param row empty if there is no such object
 */
public record Read<T>(Optional<Row<T>> row, Provenance provenance) {

  public boolean isPresent() {
    return row.isPresent();
  }

  /** The object, decoded anew at each call; empty if there is none. */
  public Optional<T> object() {
    return row.map(Row::object);
  }
}
