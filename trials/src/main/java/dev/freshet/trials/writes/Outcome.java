package dev.freshet.trials.writes;

/** What a client said of a create. */
sealed interface Outcome {
  /** It happened, under this name. */
  record Committed(String name) implements Outcome {}

  /** It did not happen: a status of the 400s. */
  record Refused(String why) implements Outcome {}

  /** Nobody knows: no answer, half of one, or a status of the 500s. */
  record Unknown(String why) implements Outcome {}
}
