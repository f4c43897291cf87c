package dev.freshet.trials.herd;

import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.kubernetes.client.Config;

/** Which clients a herd consists of. */
enum HerdKind {
  FRESHET("Freshet") {
    @Override
    HerdMember connect(Config config, String caller) {
      return FreshetMember.connect(config, caller);
    }
  },
  INFORMER("informers") {
    @Override
    HerdMember connect(Config config, String caller) {
      return InformerMember.connect(config, caller);
    }
  };

  private final String name;

  HerdKind(String name) {
    this.name = name;
  }

  /** Makes one, and waits until it has synced. */
  abstract HerdMember connect(Config config, String caller);

  /** What the API server's log calls one of them. */
  String caller(int index) {
    return name + "-" + index;
  }

  /** Which one it is, by that name. */
  static int index(String caller) {
    return Integer.parseInt(caller.substring(caller.lastIndexOf('-') + 1));
  }

  boolean isCaller(String caller) {
    return caller.startsWith(name + "-");
  }

  @Override
  @JsonValue
  public String toString() {
    return name;
  }
}
