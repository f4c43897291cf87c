package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

  private final OneAtATime requests = new OneAtATime();
  private final EmbeddedChannel connection = new EmbeddedChannel(requests);

  private static LastHttpContent request() {
    return new DefaultLastHttpContent(Unpooled.buffer().writeByte('a'));
  }

  @Test
  void aConnectionIsReadWhileARequestIsInWork() {
    connection.writeInbound(request());
    assertThat(connection.inboundMessages()).hasSize(1);
    assertThat(connection.config().isAutoRead()).isTrue();
  }

  @Test
  void aClientThatRunsAheadIsNotReadAnyMore() {
    connection.writeInbound(request(), request());
    assertThat(connection.inboundMessages()).hasSize(1);
    assertThat(connection.config().isAutoRead()).isFalse();
  }

  @Test
  void theNextRequestComesWithTheNextTurn() {
    connection.writeInbound(request(), request());
    requests.next(connection);
    assertThat(connection.inboundMessages()).hasSize(2);
    assertThat(connection.config().isAutoRead()).isTrue();
  }

  @Test
  void nothingIsReadAfterTheEnd() {
    requests.end(connection);
    connection.writeInbound(request());
    assertThat(connection.inboundMessages()).isEmpty();
    assertThat(connection.config().isAutoRead()).isFalse();
  }

  @Test
  void whatWaitsIsReleasedWithTheConnection() {
    LastHttpContent ahead = request();
    connection.writeInbound(request(), ahead);
    var unused = connection.close();
    assertThat(ahead.refCnt()).isZero();
  }
}
