package dev.freshet.cli;

import java.util.List;

/**
 * {@code freshet --version}: told without picocli, which takes longer to load than all the rest.
 */
final class Version {

  private static final List<String> OPTIONS = List.of("-V", "--version");

  private Version() {}

  /** Whether a command line asks for nothing else. */
  static boolean isAll(String... args) {
    return args.length == 1 && OPTIONS.contains(args[0]);
  }

  /** The command's name and the version of its jar. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    // By no +, which is compiled to what takes longer than all the rest.
    return "freshet ".concat(version == null ? "(not packaged)" : version);
  }
}
