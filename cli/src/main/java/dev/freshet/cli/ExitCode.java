package dev.freshet.cli;

/** How the command ends. */
final class ExitCode {

  static final int OK = 0;

  /** An operation failed. */
  static final int FAILED = 1;

  /** What was typed makes no sense; nothing was done. */
  static final int USAGE = 2;

  private ExitCode() {}
}
