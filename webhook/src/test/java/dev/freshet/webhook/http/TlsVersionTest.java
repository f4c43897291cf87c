package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsVersionTest {

  /** A client that speaks TLS 1.1 at best; the JDK's own would not even try. */
  private static final byte[] TLS_1_1_HELLO =
      HexFormat.of()
          .parseHex(
              // Record, hello, version 1.1, and 32 bytes of chance.
              "160301003f"
                  + "0100003b"
                  + "0302"
                  + "5a".repeat(32)
                  // No session, ECDHE-ECDSA or ECDHE-RSA with AES-128-CBC and SHA-1.
                  + "00"
                  + "0004c009c013"
                  + "0100"
                  // The curve P-256, uncompressed.
                  + "000e"
                  + "000a00040002"
                  + "0017"
                  + "000b00020100");

  private static final int ALERT = 0x15;
  private static final int PROTOCOL_VERSION = 70;

  @TempDir Path directory;

  @Test
  void tls11IsRefused() throws Exception {
    var site = new Site(directory);
    try (var server = HttpsServer.start(site.options(), Map.of());
        var client = new Socket()) {
      client.connect(server.address());
      client.setSoTimeout(20_000);
      client.getOutputStream().write(TLS_1_1_HELLO);
      byte[] record = client.getInputStream().readNBytes(7);
      assertThat(record[0]).isEqualTo((byte) ALERT);
      assertThat(record[6]).isEqualTo((byte) PROTOCOL_VERSION);
    }
  }

  @Test
  void onlyTls12And13AreOffered() throws Exception {
    var site = new Site(directory);
    ServedTls tls = ServedTls.of(site.secret.files().content(), new ClientPolicy.Unverified());
    assertThat(tls.context().newEngine(UnpooledByteBufAllocator.DEFAULT).getEnabledProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
  }
}
