package dev.freshet.webhook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a validator says. Immutable.
 *
 * @param allowed whether it may be done
 * @param code the HTTP status that the user's request is refused with; 200 if allowed
 * @param message why it is refused; the user sees it
 * @param warnings shown by kubectl, whether allowed or not
 * @param auditAnnotations written to the API server's audit log, under the webhook's name
 */
public record Verdict(
    boolean allowed,
    int code,
    String message,
    List<String> warnings,
    Map<String, String> auditAnnotations) {

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int LEAST_FAILURE = 400;
  private static final int MOST_FAILURE = 599;

  public Verdict {
    warnings = List.copyOf(warnings);
    auditAnnotations = Map.copyOf(auditAnnotations);
    boolean fits = allowed ? code == OK : code >= LEAST_FAILURE && code <= MOST_FAILURE;
    if (!fits) {
      throw new IllegalArgumentException(
          "a refusal needs a status of 400 to 599 and an assent 200, not " + code);
    }
  }

  /** It may be done. */
  public static Verdict allow() {
    return new Verdict(true, OK, "", List.of(), Map.of());
  }

  /** It may not be done, with status 403 as kubectl users know it. */
  public static Verdict deny(String message) {
    return deny(FORBIDDEN, message);
  }

  /** It may not be done. */
  public static Verdict deny(int code, String message) {
    return new Verdict(false, code, message, List.of(), Map.of());
  }

  /** The same with one more warning; kubectl shows the first 256 characters. */
  public Verdict warning(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Verdict(allowed, code, message, more, auditAnnotations);
  }

  /** The same with one more annotation of the audit event. */
  public Verdict audit(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(auditAnnotations);
    more.put(key, value);
    return new Verdict(allowed, code, message, warnings, more);
  }
}
