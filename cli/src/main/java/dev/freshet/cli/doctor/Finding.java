package dev.freshet.cli.doctor;

import java.util.Locale;

/**
 * What one check has found.
 *
 * @param check what was looked at
 * @param found what was found, one line
 * @param remedy what to do; empty where nothing is to be done
 */
public record Finding(String check, Verdict verdict, String found, String remedy) {

  /** How good that is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** Something costs more, or is not to be had; what is promised is still kept. */
    WARN,
    /** Freshet cannot do its work so. */
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String check, String found) {
    return new Finding(check, Verdict.OK, found, "");
  }

  static Finding warn(String check, String found, String remedy) {
    return new Finding(check, Verdict.WARN, found, remedy);
  }

  static Finding fail(String check, String found, String remedy) {
    return new Finding(check, Verdict.FAIL, found, remedy);
  }
}
