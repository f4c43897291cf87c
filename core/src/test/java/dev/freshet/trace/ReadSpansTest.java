package dev.freshet.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.Cluster;
import dev.freshet.ClusterOptions;
import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Model;
import dev.freshet.object.Body;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trace says of a read. */
class ReadSpansTest {

  private record Names(ResourceType type) implements Model<String> {
    @Override
    public String decode(Body body) {
      return "";
    }
  }

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exported))
                  .build())
          .build();
  private final ScriptedServer server = new ScriptedServer();
  private final Cluster cluster =
      Cluster.open(
          server,
          ClusterOptions.defaults()
              .caller("test")
              .time(new VirtualTime())
              .observer(new ReadSpans(telemetry))
              .cache(CacheDeclaration.of(Wire.PODS).auditEvery(Duration.ZERO)));

  @AfterEach
  void close() {
    cluster.close();
    telemetry.close();
  }

  private SpanData only() {
    List<SpanData> spans =
        exported.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals("read pods"))
            .toList();
    assertThat(spans).hasSize(1);
    return spans.getFirst();
  }

  @Test
  void aReadIsASpanOfItsReadersTraceWithItsProvenance() throws Exception {
    server.answerList(Wire.list(10));
    server.acceptWatch();
    cluster.awaitSynced(Duration.ofMinutes(1));
    Span parent = telemetry.getTracer("test").spanBuilder("parent").startSpan();
    Context.root()
        .with(parent)
        .wrap(() -> cluster.reads(new Names(Wire.PODS)).as("dashboard").list(Consistency.cached()))
        .call();
    parent.end();
    SpanData span = only();
    assertThat(span.getParentSpanId()).isEqualTo(parent.getSpanContext().getSpanId());
    assertThat(span.getAttributes().get(AttributeKey.stringKey("freshet.caller")))
        .isEqualTo("dashboard");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("freshet.route")))
        .isEqualTo("cached");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("freshet.as_of"))).isEqualTo("10");
  }

  @Test
  void aReadThatFailsIsASpanWithAnError() throws Exception {
    server.answerList(Wire.list(10));
    server.acceptWatch();
    cluster.awaitSynced(Duration.ofMinutes(1));
    var reads = cluster.reads(new Names(Wire.PODS)).fence(Fence.DIRECT);
    var read = CompletableFuture.runAsync(() -> reads.list(Consistency.strong()));
    server.nextRequest().answer(403).push("{\"kind\":\"Status\"}").end();
    assertThat(read.handle((done, failed) -> failed).get()).isNotNull();
    assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(only().getAttributes().get(AttributeKey.stringKey("error.type")))
        .endsWith("ApiException");
  }
}
