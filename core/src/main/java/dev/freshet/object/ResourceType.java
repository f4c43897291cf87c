package dev.freshet.object;

/**
 * One kind of object as one API version serves it, such as {@code pods} or {@code
 * deployments.apps}.
 *
 * @param group the API group; empty for the core group
 * @param version the API version, such as {@code v1}
 * @param plural the resource name in URLs, such as {@code pods}
 * @param kind the kind in manifests, such as {@code Pod}
 * @param namespaced whether its objects live in namespaces
 */
public record ResourceType(
    String group, String version, String plural, String kind, boolean namespaced) {

  /** {@code group/version}, or the version alone for the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /**
   * {@code plural.group}, or the plural alone for the core group: what RBAC and kubectl call it.
   */
  public String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /**
   * Whether one etcd transaction may delete many of its objects, so that events share versions.
   * Only {@code events} are written with leases.
   */
  public boolean sharesVersions() {
    return plural.equals("events") && (group.isEmpty() || group.equals("events.k8s.io"));
  }

  @Override
  public String toString() {
    return qualifiedName();
  }
}
