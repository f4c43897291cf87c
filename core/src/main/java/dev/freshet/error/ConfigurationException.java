package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/** Settings that cannot work: a kubeconfig, a context, an option. */
public final class ConfigurationException extends FreshetException {

  private static final long serialVersionUID = 1L;

  public ConfigurationException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public ConfigurationException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
