package dev.freshet.request;

import static dev.freshet.codec.PodProtobuf.listAnswer;
import static dev.freshet.codec.PodProtobuf.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.Gzip;
import dev.freshet.codec.Negotiation;
import dev.freshet.error.ApiException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.Gates;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ListCallTest {

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private final ScriptedServer server = new ScriptedServer();

  @Test
  void readsACompressedAnswerAndCountsItsBytesOnBothSides() throws Exception {
    byte[] body = listAnswer("9", pod("a", "1"), pod("b", "2"));
    byte[] wire = Gzip.member(body);
    var answer = list(Wire.PODS);
    ScriptedServer.Exchange exchange = server.nextRequest();
    assertThat(exchange.request().gzip()).isTrue();
    exchange
        .answer(200, Map.of("Content-Type", PROTOBUF, "Content-Encoding", "gzip"))
        .push(Arrays.copyOf(wire, 20))
        .push(Arrays.copyOfRange(wire, 20, wire.length))
        .end();
    ListCall.ListAnswer list = answer.join();
    assertThat(list.objects()).hasSize(2);
    assertThat(list.bodyBytes()).isEqualTo(body.length);
    assertThat(list.wireBytes()).isEqualTo(wire.length);
  }

  @Test
  void theAnswersTypeDecidesHowItIsRead() throws Exception {
    var answer = list(Wire.PODS);
    ScriptedServer.Exchange exchange = server.nextRequest();
    assertThat(exchange.request().accept()).startsWith(PROTOBUF);
    exchange.answer(200).push(Wire.list(9, Wire.pod("a", 1))).end();
    assertThat(answer.join().objects()).hasSize(1);
  }

  @Test
  void aCustomResourceIsAskedForInJsonOnly() throws Exception {
    var answer = list(new ResourceType("example.com", "v1", "widgets", "Widget", true));
    ScriptedServer.Exchange exchange = server.nextRequest();
    assertThat(exchange.request().accept()).isEqualTo("application/json");
    exchange.answer(200).push(Wire.list(9)).end();
    assertThat(answer.join().objects()).isEmpty();
  }

  @Test
  void anAnswerInAnUnknownFormatIsRefusedByName() throws Exception {
    var answer = list(Wire.PODS);
    server.nextRequest().answer(200, Map.of("Content-Type", "text/html")).push("<html>").end();
    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("text/html");
  }

  @Test
  void anAnswerInAnUnknownCompressionIsRefusedByName() throws Exception {
    var answer = list(Wire.PODS);
    server
        .nextRequest()
        .answer(200, Map.of("Content-Type", PROTOBUF, "Content-Encoding", "br"))
        .push("?")
        .end();
    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("\"br\"");
  }

  @Test
  void aCompressedAnswerThatIsCutOffIsATypedError() throws Exception {
    byte[] wire = Gzip.member(listAnswer("9", pod("a", "1")));
    var answer = list(Wire.PODS);
    server
        .nextRequest()
        .answer(200, Map.of("Content-Type", PROTOBUF, "Content-Encoding", "gzip"))
        .push(Arrays.copyOf(wire, wire.length - 1))
        .end();
    assertThatThrownBy(answer::join).cause().isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void aRefusalThatIsCompressedIsReadToo() throws Exception {
    byte[] status = "{\"reason\":\"X\",\"message\":\"said so\"}".getBytes(StandardCharsets.UTF_8);
    var answer = list(Wire.PODS);
    server
        .nextRequest()
        .answer(500, Map.of("Content-Encoding", "gzip"))
        .push(Gzip.member(status))
        .end();
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("said so");
  }

  private CompletableFuture<ListCall.ListAnswer> list(ResourceType type) {
    return CompletableFuture.supplyAsync(
        () ->
            new ListCall(Gates.of(server, new VirtualTime()))
                .run(
                    ApiRequest.Purpose.DIRECT,
                    "test",
                    type,
                    Optional.empty(),
                    Negotiation.of(type),
                    CollectionUrl.of(type, Optional.empty()),
                    Deadline.in(Duration.ofMinutes(1), new VirtualTime())));
  }
}
