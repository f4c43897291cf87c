package dev.freshet;

import dev.freshet.object.ResourceType;
import java.util.Optional;

/**
 * Something that would cost the API server less, or serve readers better.
 *
 * @param caller whom it is for
 * @param kind what was read; empty where it is about all of the caller's requests
 * @param found what was done and what it cost, with what it would have cost otherwise
 * @param remedy what to do, a sentence
 * @param savedBytes how much would not have been sent; 0 where that is not the point
 */
public record Advice(
    String caller, Optional<ResourceType> kind, String found, String remedy, long savedBytes) {

  @Override
  public String toString() {
    return found + ". " + remedy;
  }
}
