package dev.freshet.trace;

import dev.freshet.Consistency;
import dev.freshet.Provenance;
import dev.freshet.ReadObserver;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A span for each read, with what the answer is worth as attributes; its parent is whatever span is
 * current on the reader's thread. A read that the cache answers at once makes one too: where those
 * are many, let a sampler of OpenTelemetry drop them by {@code freshet.route}. Thread-safe.
 *
 * <pre>{@code
 * Freshet.connect(options -> options.cache(Pod.class).observer(new ReadSpans(openTelemetry)));
 * }</pre>
 */
public final class ReadSpans implements ReadObserver {
  private static final AttributeKey<String> CALLER = AttributeKey.stringKey("freshet.caller");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("freshet.kind");
  private static final AttributeKey<String> LEVEL = AttributeKey.stringKey("freshet.level");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("freshet.route");
  private static final AttributeKey<String> AS_OF = AttributeKey.stringKey("freshet.as_of");
  private static final AttributeKey<String> WHY = AttributeKey.stringKey("freshet.why");
  private static final AttributeKey<Boolean> SATISFIED =
      AttributeKey.booleanKey("freshet.satisfied");
  private static final AttributeKey<Long> EPOCH = AttributeKey.longKey("freshet.epoch");
  private static final AttributeKey<Long> REQUESTS = AttributeKey.longKey("freshet.requests");
  private static final AttributeKey<Long> READERS = AttributeKey.longKey("freshet.readers");
  private static final AttributeKey<Long> BYTES = AttributeKey.longKey("freshet.bytes");
  private static final AttributeKey<Double> BEHIND =
      AttributeKey.doubleKey("freshet.behind_at_most_seconds");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Tracer tracer;
  private final InstantSource clock;

  /** Spans of the tracer {@code dev.freshet}. */
  public ReadSpans(OpenTelemetry telemetry) {
    this(telemetry, InstantSource.system());
  }

  ReadSpans(OpenTelemetry telemetry, InstantSource clock) {
    this.tracer = telemetry.getTracer("dev.freshet");
    this.clock = clock;
  }

  @Override
  public void answered(String caller, Provenance provenance, long tookNanos) {
    Instant end = clock.instant();
    Span span = begin(caller, provenance.collection(), provenance.asked(), end, tookNanos);
    span.setAttribute(ROUTE, provenance.route().toString());
    span.setAttribute(AS_OF, provenance.asOf().text());
    span.setAttribute(EPOCH, (long) provenance.epoch());
    span.setAttribute(SATISFIED, provenance.satisfied());
    span.setAttribute(REQUESTS, (long) provenance.requests().sent());
    span.setAttribute(READERS, (long) provenance.requests().readers());
    span.setAttribute(BYTES, provenance.bytes().body());
    span.setAttribute(WHY, provenance.why());
    provenance.behindAtMost().ifPresent(age -> span.setAttribute(BEHIND, seconds(age)));
    span.end(end);
  }

  @Override
  public void failed(
      String caller, ResourceType kind, Consistency level, FreshetException why, long tookNanos) {
    Instant end = clock.instant();
    Span span = begin(caller, kind, level, end, tookNanos);
    span.setAttribute(ERROR, why.getClass().getName());
    span.setStatus(StatusCode.ERROR, why.problem());
    span.end(end);
  }

  private Span begin(
      String caller, ResourceType kind, Consistency level, Instant end, long tookNanos) {
    return tracer
        .spanBuilder("read " + kind.qualifiedName())
        .setSpanKind(SpanKind.CLIENT)
        .setStartTimestamp(end.minusNanos(tookNanos))
        .setAttribute(CALLER, caller)
        .setAttribute(KIND, kind.qualifiedName())
        .setAttribute(LEVEL, level.name())
        .startSpan();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
