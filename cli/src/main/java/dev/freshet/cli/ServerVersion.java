package dev.freshet.cli;

import dev.freshet.error.ApiException;
import dev.freshet.fabric8.Freshet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Warns of API servers that are older than what Freshet promises anything for. */
final class ServerVersion {

  private static final int OLDEST_MAJOR = 1;
  private static final int OLDEST_MINOR = 30;
  private static final Pattern MAJOR_MINOR = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6}).*");

  private ServerVersion() {}

  /** Asks for the version and warns if it is too old. A server that hides it is taken as it is. */
  static void check(Freshet freshet, Console console) {
    String version;
    try {
      version = freshet.serverVersion();
    } catch (ApiException e) {
      if (e.code() == 403 || e.code() == 404) {
        return;
      }
      throw e;
    }
    if (isOlder(version)) {
      console.warn(
          "the API server is "
              + version
              + "; Freshet is not tested against servers older than 1.30",
          "Not promised there: that kinds are found by name. Strong reads stay correct, but"
              + " each may cost the server a read of etcd.");
    }
  }

  /** Whether a version such as {@code v1.29.3+k3s1} is below 1.30; false for what is no version. */
  static boolean isOlder(String version) {
    Matcher found = MAJOR_MINOR.matcher(version);
    if (!found.matches()) {
      return false;
    }
    int major = Integer.parseInt(found.group(1));
    int minor = Integer.parseInt(found.group(2));
    return major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR);
  }
}
