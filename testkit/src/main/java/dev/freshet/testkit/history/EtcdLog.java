package dev.freshet.testkit.history;

import java.util.List;

/**
 * Everything that etcd committed under the watched prefixes: what the judge holds to be true.
 *
 * @param epochs at least one, the first one first; a restore of etcd ends one and begins the next
 */
public record EtcdLog(List<EtcdEpoch> epochs) {
  public EtcdLog {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("A log has at least one epoch.");
    }
  }
}
