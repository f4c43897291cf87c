package dev.freshet.compact;

import java.util.ArrayList;
import java.util.List;

/** Some of many, with the same distance from one to the next. */
final class Spread {

  private Spread() {}

  /**
   * So many, or all if there are fewer.
   *
   * @param begin where the first stands within the first distance, from 0 to below 1: two such
   *     choices with other beginnings have little in common
   */
  static <T> List<T> over(List<T> all, int most, double begin) {
    double step = Math.max(1, (double) all.size() / most);
    List<T> some = new ArrayList<>();
    for (double next = begin * step; next < all.size(); next += step) {
      some.add(all.get((int) next));
    }
    return some;
  }
}
