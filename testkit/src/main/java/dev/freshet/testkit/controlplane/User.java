package dev.freshet.testkit.controlplane;

import java.util.List;

/**
 * Someone whom the API servers know by a client certificate.
 *
 * @param name the user name; the certificate's common name
 * @param groups the groups; the certificate's organizations
 */
public record User(String name, List<String> groups) {
  /** May do everything, and is exempt from priority and fairness: not for load tests. */
  public static final User ADMIN = new User("freshet-admin", List.of("system:masters"));

  /**
   * The default user of tests: RBAC lets it do what {@link TestRole} lists, and it is subject to
   * priority and fairness as any user is.
   */
  public static final User TEST = new User("freshet-test", List.of());

  public User {
    groups = List.copyOf(groups);
  }

  /** A user without groups, who may do nothing until {@link ControlPlane#grant} says so. */
  public static User named(String name) {
    return new User(name, List.of());
  }
}
