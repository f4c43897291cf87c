package dev.freshet.cli.rbac;

import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;

/** Who is to have rights. */
public sealed interface Grantee {

  /** What runs in a Pod. */
  record ServiceAccount(String namespace, String name) implements Grantee {
    @Override
    public String toString() {
      return "the service account " + namespace + "/" + name;
    }
  }

  /** Somebody whom the API server knows by a certificate or a token. */
  record User(String name) implements Grantee {
    @Override
    public String toString() {
      return "the user " + name;
    }
  }

  /** What tells it from all others, in the names of its roles. */
  default String label() {
    String text =
        switch (this) {
          case ServiceAccount account -> account.namespace() + ":" + account.name();
          case User user -> user.name();
        };
    // The name of a role is part of a path.
    return text.replaceAll("[/%]", "-");
  }

  /** As a binding names it. */
  default Subject subject() {
    return switch (this) {
      case ServiceAccount account ->
          new SubjectBuilder()
              .withKind("ServiceAccount")
              .withNamespace(account.namespace())
              .withName(account.name())
              .build();
      case User user ->
          new SubjectBuilder()
              .withKind("User")
              .withApiGroup(FenceRights.GROUP)
              .withName(user.name())
              .build();
    };
  }
}
