package dev.freshet.testkit.judge;

import static dev.freshet.testkit.judge.SimulatedServer.KIND;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Recorder;
import java.util.List;

/** The writes of a simulated client, with refusals and outcomes that nobody learns. */
final class SimulatedWrites {
  private static final int TRAVEL_NANOS = 600_000;

  private final Simulation world;
  private final SimulatedClient client;

  SimulatedWrites(Simulation world, SimulatedClient client) {
    this.world = world;
    this.client = client;
  }

  void put() {
    String key = world.anyKey();
    String tag = world.newTag();
    if (world.happens(Bug.WRITE_BEFORE_ITS_TIME, 10)) {
      EtcdEvent event = world.server.put(key, world.labels(), tag);
      travel(() -> travel(() -> travel(() -> travel(() -> begunTooLate(event)))));
      return;
    }
    var write = world.recorder.put(client.caller, KIND, key, Answer.UNKNOWN, tag);
    int fate = world.random.nextInt(100);
    if (fate < 3) {
      travel(() -> end(() -> write.unknown("timeout")));
      // It may still happen, and long after its client gave up.
      if (world.random.nextBoolean()) {
        travel(() -> travel(() -> world.server.put(key, world.labels(), tag)));
      }
    } else if (fate < 5) {
      travel(() -> end(() -> write.refused("quota")));
    } else {
      travel(() -> commit(write, key, tag));
    }
  }

  private void begunTooLate(EtcdEvent event) {
    var write = world.recorder.put(client.caller, KIND, event.key(), Answer.UNKNOWN, event.tag());
    travel(() -> end(() -> write.done(event.uid(), event.rv())));
  }

  private void commit(Recorder.PendingWrite write, String key, String tag) {
    if (world.happens(Bug.LOST_WRITE, 20)) {
      travel(() -> end(() -> write.done("", world.server.rv())));
      return;
    }
    EtcdEvent event = world.server.put(key, world.labels(), tag);
    if (world.random.nextInt(10) == 0) {
      world.server.somethingElse();
    }
    if (world.happens(Bug.HIDDEN_RETRY, 20)) {
      travel(() -> end(() -> write.refused("conflict")));
      return;
    }
    travel(
        () ->
            end(
                () -> {
                  write.done(event.uid(), event.rv());
                  client.wrote(event.rv());
                }));
  }

  /** With the version it knows as a precondition. */
  void update() {
    String key = world.anyKey();
    if (!world.server.has(key)) {
      client.done();
      return;
    }
    EtcdEvent known = world.server.get(key);
    String tag = world.newTag();
    var write = world.recorder.put(client.caller, KIND, key, known.rv(), tag);
    travel(
        () ->
            travel(
                () -> {
                  boolean same = world.server.has(key) && world.server.get(key).rv() == known.rv();
                  if (same || (world.bug == Bug.LOST_UPDATE_BY_SERVER && world.server.has(key))) {
                    commit(write, key, tag);
                  } else {
                    travel(() -> end(() -> write.refused("conflict")));
                  }
                }));
  }

  void delete() {
    String key = world.anyKey();
    if (!world.server.has(key)) {
      client.done();
      return;
    }
    String uid = world.server.get(key).uid();
    var write = world.recorder.delete(client.caller, KIND, key, uid);
    travel(
        () -> {
          if (world.server.has(key) && world.server.get(key).uid().equals(uid)) {
            EtcdEvent event = world.server.delete(key);
            travel(
                () ->
                    end(
                        () -> {
                          write.done(uid, Answer.UNKNOWN);
                          client.wrote(event.rv());
                        }));
          } else {
            travel(() -> end(() -> write.refused("not found")));
          }
        });
  }

  /** Nobody asks for this: a lease ends. */
  void expire() {
    List<String> keys =
        world.server.state().keySet().stream()
            .filter(key -> !key.equals("a/touch"))
            .limit(12)
            .toList();
    if (keys.size() == 12) {
      world.server.expire(keys);
    }
    client.done();
  }

  private void travel(Runnable then) {
    world.schedule.after(1 + world.random.nextInt(TRAVEL_NANOS), then);
  }

  private void end(Runnable record) {
    record.run();
    client.done();
  }
}
