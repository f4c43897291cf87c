package dev.freshet.bench.contest;

import dev.freshet.bench.contest.Goal.Bound;
import dev.freshet.bench.contest.Goal.Divisor;
import dev.freshet.bench.contest.Goal.Value;
import java.util.List;
import java.util.stream.Stream;

/** All that was wanted. */
final class Goals {
  private static final String FRESHET = Entrant.FRESHET.name();
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;

  private Goals() {}

  /** Of the Pods of one workload, which may be smaller in one than in another. */
  static List<Goal> of(String workload) {
    return Stream.of(syncs(workload), cached(), strong()).flatMap(List::stream).toList();
  }

  private static List<Goal> syncs(String workload) {
    double kilobytes = workload.equals("uniform") ? 0.9 : 1.5;
    return List.of(
        ratio(
            Part.SYNC,
            "first sync / wire",
            Measure.FIRST_SYNC,
            Measure.FIRST_SYNC,
            Entrant.WIRE,
            2.0),
        ratio(
            Part.SYNC,
            "second cache / wire",
            Measure.SECOND_CACHE,
            Measure.SECOND_CACHE,
            Entrant.WIRE,
            1.25),
        new Goal(
            Part.MEMORY,
            "memory per Pod",
            new Value(Measure.HEAP_PER_OBJECT, FRESHET),
            new Divisor.Unit(KILO),
            new Bound.AtMost(kilobytes),
            "KB"),
        new Goal(
            Part.HEAP,
            "peak RSS in first sync",
            new Value(Measure.PEAK_RSS, FRESHET),
            new Divisor.Unit(MEGA),
            new Bound.AtMost(260),
            "MB"),
        ratio(
            Part.RESTART,
            "warm restart to a strong answer / first sync",
            Measure.RESTART,
            Measure.FIRST_SYNC,
            Entrant.FRESHET,
            1.0 / 5),
        ratio(
            Part.RESTART,
            "the same in one JVM / second cache",
            Measure.RESTART_IN_PROCESS,
            Measure.SECOND_CACHE,
            Entrant.FRESHET,
            1.0 / 5));
  }

  private static List<Goal> cached() {
    return List.of(
        ratio(
            Part.LISTS,
            "cached list of 96 %, keys / client-go",
            "list 96 % keys",
            "list 96 % keys",
            Entrant.CLIENT_GO,
            1.0 / 3),
        ratio(
            Part.GETS,
            "whole object / fabric8's JSON decode",
            "1000 objects decoded",
            "1000 objects decoded",
            Entrant.FABRIC8,
            0.45),
        ratio(
            Part.LISTS,
            "one field of 96 % / decoding them whole",
            "list 96 % field",
            "list 96 % objects",
            Entrant.FRESHET,
            1.0 / 4),
        rate(Part.EVENTS, "events applied and visible", "recorded events", 30_000));
  }

  private static List<Goal> strong() {
    return List.of(
        ratio(
            Part.STRONG,
            "strong keys of 96 % by touch / fabric8's direct list",
            Measure.BY_TOUCH,
            "direct list whole",
            Entrant.FABRIC8,
            1.0 / 100),
        ratio(
            Part.STRONG,
            "the same / our own direct list of metadata",
            Measure.BY_TOUCH,
            "direct list metadata",
            Entrant.FRESHET,
            1.0 / 20),
        rate(
            Part.CROWD,
            "64 strong readers, touch cap lifted",
            "64 readers touch, cap lifted",
            5_000),
        ratio(
            Part.LARGE,
            "strong list by touch, ten times the Pods / the Pods",
            RecordedPods.TENFOLD + Measure.BY_TOUCH,
            RecordedPods.ONCE + Measure.BY_TOUCH,
            Entrant.FRESHET,
            2));
  }

  private static Goal ratio(
      Part part, String what, String ours, String theirs, Entrant other, double atMost) {
    return new Goal(
        part,
        what,
        new Value(ours, FRESHET),
        new Divisor.Other(new Value(theirs, other.name())),
        new Bound.AtMost(atMost),
        "");
  }

  private static Goal rate(Part part, String what, String measure, double atLeast) {
    return new Goal(
        part,
        what,
        new Value(measure, FRESHET),
        new Divisor.Unit(1),
        new Bound.AtLeast(atLeast),
        "/s");
  }
}
