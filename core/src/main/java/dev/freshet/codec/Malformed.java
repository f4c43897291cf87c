package dev.freshet.codec;

import dev.freshet.error.FreshetException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * The failures of decoding, in words. They name places, never contents: what the parser says is
 * dropped, since it quotes what it read and that may be a Secret.
 */
final class Malformed {

  private static final String REMEDY =
      "Something between this client and the API server may have cut or replaced the answer; the"
          + " read can be repeated.";

  private Malformed() {}

  /** An answer that is not what its content type promises. */
  static MalformedResponseException answer(String problem, long offset) {
    return new MalformedResponseException(problem + " (at byte " + offset + ")", REMEDY);
  }

  /** An answer larger than this process is willing to hold. */
  static LimitExceededException tooLarge(long offset) {
    return new LimitExceededException(
        "one object of the answer is larger than "
            + DecodeLimits.MAX_OBJECT_BYTES
            + " bytes (at byte "
            + offset
            + ")",
        "Freshet does not read objects of this size; select around it, or make it smaller.");
  }

  /** What the JSON parser found. */
  static FreshetException json(JacksonException failure, long offset) {
    if (failure instanceof StreamConstraintsException) {
      return new LimitExceededException(
          "the answer has a text over "
              + DecodeLimits.MAX_OBJECT_BYTES
              + " bytes, a number over "
              + JsonStream.MAX_NUMBER_LENGTH
              + " digits or more than "
              + DecodeLimits.MAX_NESTING
              + " levels of nesting (at byte "
              + offset
              + ")",
          "Freshet does not read such objects; select around them.");
    }
    return answer("the answer is not well-formed JSON", offset);
  }
}
