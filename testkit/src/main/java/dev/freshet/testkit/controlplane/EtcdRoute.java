package dev.freshet.testkit.controlplane;

import java.net.URI;

/**
 * The way from an API server to its etcd, so that a test can put a proxy there and cut one of
 * several servers off. Asked once for each server at each attempt to start; a port that is taken
 * leads to another attempt with other ports.
 */
@FunctionalInterface
public interface EtcdRoute {
  /**
   * Where an API server is to look for etcd; called before etcd runs.
   *
   * @param server the API server, counted from 0
   * @param etcd where etcd will listen, in plain HTTP
   */
  URI of(int server, URI etcd);

  /** Each API server talks to etcd itself. */
  static EtcdRoute straight() {
    return (server, etcd) -> etcd;
  }
}
