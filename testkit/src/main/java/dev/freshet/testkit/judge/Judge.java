package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of a history whether it could have happened, given what etcd committed. Each rule takes time
 * near-linear in operations and events: 200,000 operations take about a second. Thread-safe.
 */
public final class Judge {
  private final EtcdLog log;

  private Judge(EtcdLog log) {
    this.log = log;
  }

  /** A judge who holds this to be true. */
  public static Judge of(EtcdLog log) {
    return new Judge(log);
  }

  /** Judges every operation of a history by every rule. */
  public Verdict check(History history) {
    var findings = new Findings();
    var assigned = EpochAssignment.of(log, history.operations());
    long reads = 0;
    long writes = 0;
    for (int i = 0; i < log.epochs().size(); i++) {
      for (Trial trial : trials(log.epochs().get(i), assigned.in(i))) {
        new Snapshots(trial, findings).check();
        reads += trial.reads().size();
        writes += trial.writes().size();
      }
    }
    return new Verdict(findings.kept(), findings.counts(), reads, writes, assigned.excused());
  }

  private static List<Trial> trials(EtcdEpoch epoch, List<Operation> operations) {
    Map<String, List<Read>> reads = new LinkedHashMap<>();
    Map<String, List<Write>> writes = new LinkedHashMap<>();
    for (Operation operation : operations) {
      switch (operation) {
        case Read read -> {
          String collection = read.query().collection();
          reads.computeIfAbsent(collection, c -> new ArrayList<>()).add(read);
          writes.putIfAbsent(collection, new ArrayList<>());
        }
        case Write write -> {
          writes.computeIfAbsent(write.collection(), c -> new ArrayList<>()).add(write);
        }
      }
    }
    return writes.keySet().stream()
        .map(
            collection ->
                new Trial(
                    new Timeline(epoch, collection),
                    reads.getOrDefault(collection, List.of()),
                    writes.getOrDefault(collection, List.of())))
        .toList();
  }
}
