package dev.freshet.webhook;

/** What is about to be done, as {@code admission.k8s.io/v1} names it. */
public enum Operation {
  CREATE,
  UPDATE,
  DELETE,
  CONNECT
}
