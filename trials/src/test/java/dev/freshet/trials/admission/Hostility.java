package dev.freshet.trials.admission;

import java.io.IOException;
import java.util.Locale;

/** Requests that no API server would send, each with the status that it must be answered. */
enum Hostility {
  SLOW_HEADER(408) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      client.send("POST " + path + " HTTP/1.1\r\nHost: t\r\n");
    }
  },
  SLOW_BODY(408) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      client.send(head(path, JSON, 1_000) + "{");
    }
  },
  ANNOUNCED_100_MB(413) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      client.send(head(path, JSON, 100 << 20));
    }
  },
  UNANNOUNCED_100_MB(413) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: t\r\n"
              + JSON
              + "Transfer-Encoding: chunked\r\n\r\n");
      String megabyte = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
      try {
        for (int i = 0; i < 100; i++) {
          client.send(megabyte);
        }
      } catch (IOException refused) {
        // Its answer is there already.
      }
    }
  },
  ANOTHER_TYPE(415) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      send(client, path, "Content-Type: text/plain\r\n", "{}");
    }
  },
  NO_JSON(400) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      send(client, path, JSON, "<review/>");
    }
  },
  OLD_VERSION(400) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      send(
          client,
          path,
          JSON,
          "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\","
              + "\"request\":{\"uid\":\"1\",\"operation\":\"CREATE\"}}");
    }
  },
  NO_UID(400) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      send(
          client,
          path,
          JSON,
          "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
              + "\"request\":{\"operation\":\"CREATE\"}}");
    }
  },
  NO_CERTIFICATE(401) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      send(client, path, JSON, "{}");
    }
  },
  FOREIGN_SUBJECT(403) {
    @Override
    void attack(RawClient client, String path) throws IOException {
      send(client, path, JSON, "{}");
    }
  };

  private static final String JSON = "Content-Type: application/json\r\n";

  private final int status;

  Hostility(int status) {
    this.status = status;
  }

  /** What it must be answered. */
  int status() {
    return status;
  }

  /** Sends it, or as much of it as there will ever be. */
  abstract void attack(RawClient client, String path) throws IOException;

  private static void send(RawClient client, String path, String headers, String body)
      throws IOException {
    client.send(head(path, headers, body.length()) + body);
  }

  private static String head(String path, String headers, int length) {
    return "POST %s HTTP/1.1\r\nHost: t\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(path, headers, length);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
