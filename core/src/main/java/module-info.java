/** Freshet's engine: levels, planner, store, feed, codec and gate. */
@SuppressWarnings("requires-automatic") // Bucket4j names its module in its manifest.
module dev.freshet.core {
  requires transitive org.jspecify;
  requires com.github.luben.zstd_jni;
  requires io.github.bucket4j.core;
  requires java.net.http;
  requires static transitive io.opentelemetry.api;
  requires transitive jdk.jfr;
  requires static transitive micrometer.core;
  requires org.slf4j;
  requires tools.jackson.core;

  exports dev.freshet;
  exports dev.freshet.discovery;
  exports dev.freshet.error;
  exports dev.freshet.load;
  exports dev.freshet.meter;
  exports dev.freshet.object;
  exports dev.freshet.protobuf;
  exports dev.freshet.selector;
  exports dev.freshet.time;
  exports dev.freshet.trace;
  exports dev.freshet.transport;
}
