package dev.freshet.cli.top;

/** Whose callers and caches are shown. For one look at a time. */
public sealed interface Source permits OwnProcess, Program {

  /**
   * Looks once.
   *
   * @throws dev.freshet.error.FreshetException if there is nothing to show, not even of before
   */
  Seen look();

  /** Whose they are, a sentence. */
  String subject();

  /** Whether they are this command's: a program tells neither budgets nor reads by caller. */
  boolean isOwn();
}
