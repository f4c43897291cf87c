package dev.freshet.trials.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.testkit.controlplane.ClientTls;
import dev.freshet.testkit.controlplane.Credential;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A connection to a webhook whose every byte a test decides. For one thread. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLSocket socket;

  /**
   * Connects and shakes hands.
   *
   * @param authority the certificate that the server's is issued by, as PEM
   * @param own the certificate to show
   */
  RawClient(int port, String authority, Optional<Credential> own) throws IOException {
    this.socket = (SSLSocket) ClientTls.context(authority, own).getSocketFactory().createSocket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.startHandshake();
  }

  /** What the server showed. */
  Certificate serverCertificate() throws IOException {
    return socket.getSession().getPeerCertificates()[0];
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** The status of the next answer. */
  int status() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = socket.getInputStream().read();
        next != '\n';
        next = socket.getInputStream().read()) {
      if (next < 0) {
        throw new EOFException("the connection ended where an answer was due");
      }
      line.write(next);
    }
    return Integer.parseInt(line.toString(ISO_8859_1).split(" ", 3)[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
