package dev.freshet.trials.writes;

import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The clients through which a program writes beside Freshet. */
public enum WritingClient {
  /** That of the whole Freshet. */
  PLAIN,
  /** That of a session, which looks at each answer. */
  SESSION;

  KubernetesClient of(Freshet freshet) {
    return switch (this) {
      case PLAIN -> freshet.client();
      case SESSION -> freshet.session().client();
    };
  }
}
