package dev.freshet.cli.doctor;

import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the user may do, as the server itself answers ({@code SelfSubjectAccessReview}). */
final class Rights {
  private final Freshet freshet;
  private final ResourceType type;
  private final Optional<String> namespace;
  private boolean touch;

  Rights(Freshet freshet, ResourceType type, Optional<String> namespace) {
    this.freshet = freshet;
    this.type = type;
    this.namespace = namespace;
  }

  /** Whether a touch was found to be allowed. */
  boolean mayTouch() {
    return touch;
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      for (String verb : List.of("list", "watch")) {
        findings.add(
            may(verb, "")
                ? Finding.ok("right to " + verb, type + where())
                : Finding.fail(
                    "right to " + verb,
                    "not allowed to " + verb + " " + type + where(),
                    "Grant it: \"freshet fence rbac\" prints the roles."));
      }
      boolean pods = type.qualifiedName().equals("pods");
      touch = may("patch", pods ? "status" : "");
      findings.add(
          touch
              ? Finding.ok("right to touch", "patch " + type + (pods ? "/status" : "") + where())
              : Finding.warn(
                  "right to touch",
                  "not allowed to patch " + type + (pods ? "/status" : "") + where(),
                  "Strong reads go by probe, bookmark or list; a touch is faster where a kind is"
                      + " quiet: \"freshet fence rbac --touch NAME\" prints the roles."));
    } catch (KubernetesClientException e) {
      findings.add(
          Finding.warn(
              "rights",
              "the server does not say what this user may do (" + e.getCode() + ")",
              "Any cluster lets authenticated users ask by default: system:basic-user."));
    }
    return findings;
  }

  private String where() {
    return namespace.map(in -> " in namespace " + in).orElse("");
  }

  private boolean may(String verb, String subresource) {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(type.group())
            .withVersion(type.version())
            .withResource(type.plural())
            .withSubresource(subresource)
            .withNamespace(namespace.orElse(""))
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer =
        freshet.client().authorization().v1().selfSubjectAccessReview().create(review).getStatus();
    return Boolean.TRUE.equals(answer.getAllowed());
  }
}
