package dev.freshet.examples.mixedreads;

import static dev.freshet.Consistency.within;

import dev.freshet.Provenance;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who is primary of what, as text. Never more than five seconds old: for that the cache keeps
 * itself fresh, by a few small requests however many people look. Thread-safe.
 */
final class Dashboard {
  /** Whom its reads are charged to. */
  static final String CALLER = "dashboard";

  private static final Duration OLD = Duration.ofSeconds(5);
  private static final String LINE = "%-20s %-32s %s%n";

  private final Reads<Pod> pods;

  Dashboard(Freshet freshet, String namespace) {
    this.pods = freshet.reads(Pod.class).inNamespace(namespace).as(CALLER);
  }

  String text() {
    ReadList<Pod> now = pods.list(Shards.all(), within(OLD));
    var text = new StringBuilder(LINE.formatted("SHARD", "PRIMARY", "STANDBYS"));
    Shards.byName(now.rows())
        .forEach(
            (shard, members) -> {
              String primaries = names(members.stream().filter(Shards::isPrimary).toList());
              long standbys = members.stream().filter(pod -> !Shards.isPrimary(pod)).count();
              text.append(LINE.formatted(shard, primaries, standbys));
            });
    return text.append('\n').append(worth(now.provenance())).append('\n').toString();
  }

  /** Every answer says what it is worth; the rest of it is for a log. */
  private static String worth(Provenance answer) {
    String age = answer.behindAtMost().map(behind -> behind.toMillis() + " ms").orElse("unknown");
    return "at most so old: %s; route: %s".formatted(age, answer.route());
  }

  private static String names(List<Row<Pod>> pods) {
    return pods.isEmpty() ? "-" : pods.stream().map(Row::name).collect(Collectors.joining(", "));
  }
}
