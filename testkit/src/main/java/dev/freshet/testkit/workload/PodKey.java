package dev.freshet.testkit.workload;

/** The namespace and name of a Pod. */
public record PodKey(String namespace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
