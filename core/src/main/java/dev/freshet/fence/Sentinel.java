package dev.freshet.fence;

import dev.freshet.object.ObjectKey;

/**
 * An object that may be touched: a Pod of ours in its status, or any other object in an annotation.
 *
 * @param object which one; it must lie in what the cache holds
 * @param made whether it is a Pod that is made where it is missing, and deleted in the end by whom
 *     made it
 */
public record Sentinel(ObjectKey object, boolean made) {

  /** The type of the condition in a Pod's status. */
  public static final String CONDITION = "freshet.dev/fence";

  /** The annotation of any other kind. */
  public static final String ANNOTATION = "freshet.dev/fence";

  /**
   * The Pod as it is made: never scheduled, so it runs nowhere and costs nothing, and as harmless
   * as the strictest Pod security standard wants it.
   *
   * @param nonce what tells this very Pod from one that was there before
   */
  String pod(String nonce) {
    return """
        {"apiVersion":"v1","kind":"Pod",\
        "metadata":{"name":"%s","labels":{"app.kubernetes.io/managed-by":"freshet"},\
        "annotations":{"%s":"%s"}},\
        "spec":{"schedulingGates":[{"name":"freshet.dev/never-runs"}],\
        "automountServiceAccountToken":false,"enableServiceLinks":false,\
        "terminationGracePeriodSeconds":0,\
        "securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},\
        "containers":[{"name":"none","image":"registry.k8s.io/pause",\
        "securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}"""
        .formatted(object.name(), ANNOTATION, nonce);
  }
}
