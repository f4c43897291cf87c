package dev.freshet.transport;

import dev.freshet.error.ConnectionException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one plain line why a connection failed, and what to do.
 *
 * <p>Types decide wherever the JDK has one; only TLS alerts, name mismatches and GOAWAY are told
 * apart by their text, and only for the wording: every outcome is a {@link ConnectionException}.
 */
final class ConnectionFailures {

  private static final String SERVER_REMEDY =
      "Check the server address in the kubeconfig and that the API server runs.";
  private static final int CAUSES_MAX = 16;

  private final String where;

  ConnectionFailures(URI server) {
    this.where = hostAndPort(server);
  }

  /** The failure of an exchange, before or after its headers. */
  ConnectionException explain(Throwable failure) {
    List<Throwable> causes = causes(failure);
    ConnectionException tls = tls(causes, failure);
    if (tls != null) {
      return tls;
    }
    for (Throwable cause : causes) {
      ConnectionException known = network(cause, failure);
      if (known != null) {
        return known;
      }
    }
    return new ConnectionException(
        "the connection to " + where + " broke: " + text(causes.get(causes.size() - 1)),
        "Try again; if it persists, look for a proxy or load balancer that cuts connections.",
        failure);
  }

  private @Nullable ConnectionException network(Throwable cause, Throwable failure) {
    return switch (cause) {
      case UnknownHostException e -> unknownHost(failure);
      case UnresolvedAddressException e -> unknownHost(failure);
      case HttpConnectTimeoutException e ->
          new ConnectionException(
              where + " did not accept a connection in time",
              "Check the address, the network and firewalls between here and there.",
              failure);
      case NoRouteToHostException e ->
          new ConnectionException("no route to " + where, SERVER_REMEDY, failure);
      case ConnectException e ->
          causes(e).stream().anyMatch(UnresolvedAddressException.class::isInstance)
              ? unknownHost(failure)
              : new ConnectionException("nothing listens at " + where, SERVER_REMEDY, failure);
      case SocketException e -> broken("was reset by the other side", failure);
      case EOFException e ->
          broken("was closed by the other side before the answer ended", failure);
      case Exception e when text(e).contains("GOAWAY") ->
          broken("was ended by the server (GOAWAY)", failure);
      default -> null;
    };
  }

  private ConnectionException unknownHost(Throwable failure) {
    return new ConnectionException(
        "the host name of " + where + " cannot be resolved",
        "Check the server address in the kubeconfig and the DNS of this machine.",
        failure);
  }

  private ConnectionException broken(String how, Throwable failure) {
    return new ConnectionException(
        "the connection to " + where + " " + how, "Try again: a read may be repeated", failure);
  }

  private @Nullable ConnectionException tls(List<Throwable> causes, Throwable failure) {
    if (causes.stream()
        .noneMatch(c -> c instanceof SSLException || c instanceof CertificateException)) {
      return null;
    }
    for (Throwable cause : causes) {
      String problem = certificateProblem(cause);
      if (problem != null) {
        return new ConnectionException(problem, certificateRemedy(cause), failure);
      }
    }
    String alert = text(causes.get(causes.size() - 1));
    if (alert.contains("Received fatal alert") && !alert.contains("handshake_failure")) {
      return new ConnectionException(
          where + " refused our TLS client certificate (" + alert + ")",
          "Renew the client certificate of the kubeconfig user, or use another user.",
          failure);
    }
    if (alert.contains("ecognized SSL message")) {
      return new ConnectionException(
          where + " does not speak TLS",
          "Use an http:// server address if that is intended.",
          failure);
    }
    if (causes.stream().anyMatch(SocketException.class::isInstance)
        || causes.stream().anyMatch(EOFException.class::isInstance)) {
      return broken("was closed by the other side during TLS", failure);
    }
    return new ConnectionException(
        "TLS with " + where + " failed: " + alert,
        "Check the server address and the TLS versions of both sides.",
        failure);
  }

  private @Nullable String certificateProblem(Throwable cause) {
    if (cause instanceof CertificateExpiredException || isReason(cause, "EXPIRED")) {
      return "the certificate of " + where + " has expired";
    }
    if (cause instanceof CertificateNotYetValidException || isReason(cause, "NOT_YET_VALID")) {
      return "the certificate of " + where + " is not valid yet";
    }
    if (isNameMismatch(cause)) {
      return "the certificate of " + where + " is for another host name";
    }
    // PKIX path building failed: the validator's exception is the last that is public API.
    if (cause instanceof CertificateException && cause.getCause() != null && !hasReason(cause)) {
      return "the certificate of " + where + " is not signed by a trusted authority";
    }
    return null;
  }

  private static String certificateRemedy(Throwable cause) {
    if (cause instanceof CertificateExpiredException || isReason(cause, "EXPIRED")) {
      return "Renew the server's certificate; check the clock of this machine";
    }
    if (cause instanceof CertificateNotYetValidException || isReason(cause, "NOT_YET_VALID")) {
      return "Check the clock of this machine and of the server";
    }
    if (isNameMismatch(cause)) {
      return "Use a server address that the certificate names";
    }
    return "Put the cluster's authority into certificate-authority-data of the kubeconfig";
  }

  private static boolean isNameMismatch(Throwable cause) {
    String text = text(cause);
    return cause instanceof CertificateException
        && (text.contains("No name matching") || text.contains("No subject alternative"));
  }

  private static boolean isReason(Throwable cause, String reason) {
    return cause instanceof CertPathValidatorException e && e.getReason().toString().equals(reason);
  }

  private static boolean hasReason(Throwable cause) {
    return causes(cause).stream()
        .anyMatch(
            c ->
                isReason(c, "EXPIRED")
                    || isReason(c, "NOT_YET_VALID")
                    || c instanceof CertificateExpiredException
                    || c instanceof CertificateNotYetValidException);
  }

  private static List<Throwable> causes(Throwable failure) {
    var chain = new ArrayList<Throwable>();
    for (Throwable t = failure; t != null && chain.size() < CAUSES_MAX; t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static String hostAndPort(URI server) {
    int port = server.getPort();
    if (port < 0) {
      port = "http".equals(server.getScheme()) ? 80 : 443;
    }
    return server.getHost() + ":" + port;
  }
}
