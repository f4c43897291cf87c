package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.protobuf.WireBytes;
import org.junit.jupiter.api.Test;

class StatusBodyTest {

  @Test
  void readsAStatusInEitherFormat() {
    StatusBody expected = new StatusBody("Forbidden", "pods is forbidden");
    WireBytes status =
        WireBytes.message().text(3, "pods is forbidden").text(4, "Forbidden").varint(6, 403);
    assertThat(StatusBody.parse(PodProtobuf.envelope("v1", "Status", status).toBytes()))
        .isEqualTo(expected);
    assertThat(
            StatusBody.parse(
                PodJson.utf8(
                    "{\"details\":{\"a\":[1]},\"reason\":\"Forbidden\",\"message\":\"pods is forbidden\"}")))
        .isEqualTo(expected);
  }

  @Test
  void plainTextIsTheMessage() {
    assertThat(StatusBody.parse(PodJson.utf8("Too many requests")))
        .isEqualTo(new StatusBody("", "Too many requests"));
  }

  @Test
  void aDamagedStatusSaysSo() {
    byte[] cut = {'k', '8', 's', 0, 10, 90};
    assertThat(StatusBody.parse(cut).message()).contains("damaged");
  }
}
