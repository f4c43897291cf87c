package dev.freshet.cli;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;

/** The URL of a program's metrics, as Prometheus would scrape it. */
final class ProgramAddress implements ITypeConverter<URI> {

  @Override
  public URI convert(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw bad("it is no URL");
    }
    if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
      throw bad("it is neither http nor https");
    }
    if (address.getHost() == null) {
      throw bad("it names no host");
    }
    if (address.getUserInfo() != null) {
      throw bad("a password does not belong in a URL");
    }
    return address;
  }

  /** Without what was typed, which may hold a secret. */
  private static BadValueException bad(String problem) {
    return new BadValueException(
        "that is no address of a program's metrics: " + problem,
        "Write it as Prometheus would scrape it, such as http://127.0.0.1:9404/metrics.");
  }
}
