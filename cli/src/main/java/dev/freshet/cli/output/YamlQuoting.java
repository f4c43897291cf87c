package dev.freshet.cli.output;

import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * Quotes every text that some YAML parser, old ones included, would take for a number, a time or a
 * boolean.
 */
final class YamlQuoting extends StringQuotingChecker.Default {

  private static final long serialVersionUID = 1L;

  @Override
  public boolean needToQuoteName(String name) {
    return super.needToQuoteName(name) || looksLikeNumber(name);
  }

  @Override
  public boolean needToQuoteValue(String value) {
    return super.needToQuoteValue(value) || looksLikeNumber(value);
  }

  /** Numbers of any base, times and dates all begin so; what else does may be quoted too. */
  private static boolean looksLikeNumber(String text) {
    return !text.isEmpty() && "0123456789+-.".indexOf(text.charAt(0)) >= 0;
  }
}
