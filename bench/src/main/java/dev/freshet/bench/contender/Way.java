package dev.freshet.bench.contender;

import java.util.function.ToLongFunction;

/**
 * One way to do what is measured.
 *
 * @param name the last part of the measure's
 * @param call what is timed; its result is made of all that was asked for
 */
record Way<T>(String name, ToLongFunction<T> call) {

  long apply(T argument) {
    return call.applyAsLong(argument);
  }
}
