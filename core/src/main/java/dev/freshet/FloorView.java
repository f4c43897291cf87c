package dev.freshet;

/** What the planner knows of the floor that a read has to reach. */
sealed interface FloorView {

  /** The cache has reached it, or may be asked for nothing more. */
  record Met(String why) implements FloorView {}

  /** The cache has yet to reach it. */
  record Behind(String why) implements FloorView {}

  /** Only the server can show everything. */
  record ServerOnly(String why) implements FloorView {}
}
