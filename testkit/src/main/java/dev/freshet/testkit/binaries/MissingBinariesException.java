package dev.freshet.testkit.binaries;

import dev.freshet.testkit.TestkitException;

/** There is no etcd or kube-apiserver, and no way to build them; the message names the ways in. */
public final class MissingBinariesException extends TestkitException {
  private static final long serialVersionUID = 1L;

  MissingBinariesException(String message) {
    super(message);
  }
}
