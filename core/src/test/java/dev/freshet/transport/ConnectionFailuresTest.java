package dev.freshet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.ConnectionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionFailuresTest {

  private final ConnectionFailures failures = new ConnectionFailures(URI.create("https://api"));

  @ParameterizedTest
  @MethodSource("failures")
  void saysInOneLineWhatHappened(Throwable failure, String problem) {
    ConnectionException explained = failures.explain(failure);
    assertThat(explained.problem()).isEqualTo(problem);
    assertThat(explained.remedy()).isNotBlank();
    assertThat(explained).hasCause(failure);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException(), "nothing listens at api:443"),
        Arguments.of(
            caused(new ConnectException(), new UnresolvedAddressException()),
            "the host name of api:443 cannot be resolved"),
        Arguments.of(
            new HttpConnectTimeoutException("x"), "api:443 did not accept a connection in time"),
        Arguments.of(
            caused(new IOException("x"), new SocketException("Connection reset")),
            "the connection to api:443 was reset by the other side"),
        Arguments.of(
            caused(new IOException("x"), new EOFException()),
            "the connection to api:443 was closed by the other side before the answer ended"),
        Arguments.of(
            new IOException("/127.0.0.1:6443: GOAWAY received"),
            "the connection to api:443 was ended by the server (GOAWAY)"),
        Arguments.of(new IOException("odd\nsecond line"), "the connection to api:443 broke: odd"),
        Arguments.of(
            caused(new SSLHandshakeException("x"), new CertificateExpiredException("y")),
            "the certificate of api:443 has expired"),
        Arguments.of(
            caused(
                new SSLHandshakeException("x"),
                new CertificateException("PKIX", expiredInTheChain())),
            "the certificate of api:443 has expired"),
        Arguments.of(
            caused(new SSLHandshakeException("x"), new CertificateNotYetValidException("y")),
            "the certificate of api:443 is not valid yet"),
        Arguments.of(
            caused(
                new SSLHandshakeException("x"),
                new CertificateException("No name matching api found")),
            "the certificate of api:443 is for another host name"),
        Arguments.of(
            new SSLException("Received fatal alert: bad_certificate"),
            "api:443 refused our TLS client certificate (Received fatal alert: bad_certificate)"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"),
            "api:443 does not speak TLS"),
        Arguments.of(
            caused(new SSLHandshakeException("Remote host terminated"), new EOFException()),
            "the connection to api:443 was closed by the other side during TLS"));
  }

  private static CertPathValidatorException expiredInTheChain() {
    return new CertPathValidatorException(
        "x", null, null, -1, CertPathValidatorException.BasicReason.EXPIRED);
  }

  private static Throwable caused(Throwable failure, Throwable cause) {
    return failure.initCause(cause);
  }
}
