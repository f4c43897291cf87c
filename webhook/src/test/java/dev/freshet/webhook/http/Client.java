package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.webhook.http.TestAuthority.Pair;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** One connection whose every byte the test writes. */
final class Client implements Closeable {

  private static final char[] PASSWORD = "test".toCharArray();
  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLSocket socket;
  private final InputStream in;

  /**
   * One answer.
   *
   * @param headers by name, whatever its case
   */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** Connects and shakes hands, with a certificate or without, over any TLS this JDK has. */
  Client(HttpsServer server, TestAuthority trusted, Optional<Pair> own, String... protocols)
      throws IOException {
    socket = (SSLSocket) context(trusted, own).getSocketFactory().createSocket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server.address(), PATIENCE_MILLIS);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    in = socket.getInputStream();
  }

  private static SSLContext context(TestAuthority trusted, Optional<Pair> own) throws IOException {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("trusted", trusted.certificate());
      var trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(trust);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      if (own.isPresent()) {
        keys.setKeyEntry(
            "own",
            own.get().keys().getPrivate(),
            PASSWORD,
            new Certificate[] {own.get().certificate()});
      }
      var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  X509Certificate serverCertificate() throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  Client send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  Answer get(String path) throws IOException {
    return send(head("GET " + path + " HTTP/1.1", "Host: test")).read();
  }

  Answer post(String path, String body) throws IOException {
    return send(posted(path, body)).read();
  }

  static String posted(String path, String body) {
    return postHead(path, body.length()) + body;
  }

  static String postHead(String path, long length) {
    return head("POST " + path + " HTTP/1.1", "Host: test", "Content-Length: " + length);
  }

  /** A request's line and headers, with their end. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  Answer read() throws IOException {
    String status = line();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), ISO_8859_1);
    if (body.length() < length) {
      throw new EOFException("the connection ended within a body");
    }
    return new Answer(Integer.parseInt(status.split(" ", -1)[1]), headers, body);
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended where an answer was due");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** Waits for the next byte. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Reads until the other side closes, or until the connection breaks. */
  long skipToEnd() {
    try {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
