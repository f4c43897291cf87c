package dev.freshet.scripted;

import dev.freshet.object.ResourceType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The bytes of small answers, as the API server would write them. */
public final class Wire {

  public static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);

  public static final ResourceType EVENTS = new ResourceType("", "v1", "events", "Event", true);

  private Wire() {}

  /** A Pod in namespace {@code ns} with label {@code app}. */
  public static String pod(String name, long version, String app) {
    return "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
        + name
        + "\",\"namespace\":\"ns\",\"uid\":\"uid-"
        + name
        + "\",\"resourceVersion\":\""
        + version
        + "\",\"labels\":{\"app\":\""
        + app
        + "\"}},\"status\":{\"phase\":\"Running\"}}";
  }

  public static String pod(String name, long version) {
    return pod(name, version, "web");
  }

  public static String list(long version, String... items) {
    return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
        + version
        + "\"},\"items\":["
        + Arrays.stream(items).collect(Collectors.joining(","))
        + "]}\n";
  }

  /** A page of a list that goes on. */
  public static String page(long version, String continueToken, String... items) {
    return list(version, items)
        .replace(
            "\"" + version + "\"}", "\"" + version + "\",\"continue\":\"" + continueToken + "\"}");
  }

  public static String added(String object) {
    return event("ADDED", object);
  }

  public static String modified(String object) {
    return event("MODIFIED", object);
  }

  public static String deleted(String object) {
    return event("DELETED", object);
  }

  public static String bookmark(long version) {
    return event(
        "BOOKMARK",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
            + version
            + "\"}}");
  }

  /** The bookmark that ends the first events of a streamed list. */
  public static String initialEventsEnd(long version) {
    return event(
        "BOOKMARK",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
            + version
            + "\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}");
  }

  public static String expired() {
    return event(
        "ERROR",
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"too old"
            + " resource version: 5 (9)\",\"reason\":\"Expired\",\"code\":410}");
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }
}
