package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusBodyTest {

  @Test
  void readsAStatusInJson() {
    assertThat(
            parse(
                "{\"kind\":\"Status\",\"details\":{\"a\":[1]},\"reason\":\"Forbidden\",\"message\":\"no\"}"))
        .isEqualTo(new StatusBody("Forbidden", "no"));
  }

  @Test
  void readsAStatusInProtobuf() {
    // TypeMeta{v1, Status}; Status{status: Failure, message: no, reason: Expired}
    String body =
        "k8s\0"
            + "\n\u000c\n\u0002v1\u0012\u0006Status"
            + "\u0012\u0016\u0012\u0007Failure\u001a\u0002no\"\u0007Expired";
    assertThat(parse(body)).isEqualTo(new StatusBody("Expired", "no"));
  }

  @Test
  void takesPlainTextForTheMessage() {
    assertThat(parse("Too many requests, please try again later."))
        .isEqualTo(new StatusBody("", "Too many requests, please try again later."));
  }

  @Test
  void saysNothingOfBrokenProtobuf() {
    assertThat(parse("k8s\0\nzzzz")).isEqualTo(new StatusBody("", ""));
  }

  private static StatusBody parse(String body) {
    return StatusBody.parse(body.getBytes(StandardCharsets.ISO_8859_1));
  }
}
