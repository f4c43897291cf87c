/** Freshet's engine: levels, planner, store, feed, codec and gate. */
module dev.freshet.core {
  requires transitive org.jspecify;
  requires java.net.http;
  requires org.slf4j;
  requires tools.jackson.core;

  exports dev.freshet;
  exports dev.freshet.discovery;
  exports dev.freshet.error;
  exports dev.freshet.object;
  exports dev.freshet.selector;
  exports dev.freshet.time;
  exports dev.freshet.transport;
}
