package dev.freshet.testkit.judge;

import static dev.freshet.testkit.judge.SimulatedServer.KIND;

import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Saw;
import dev.freshet.testkit.judge.Simulation.SimulatedToken;
import java.util.Map;
import java.util.Optional;

/** One client of the simulation: one operation after the other, of every sort. */
final class SimulatedClient {
  private static final int THINK_NANOS = 1_500_000;

  private final Simulation world;
  private final SimulatedWrites writes;
  private final SimulatedReads reads;
  final Caller caller;
  long floor;
  long writtenFloor;

  SimulatedClient(Simulation world, int number) {
    this.world = world;
    this.caller = new Caller("client-" + number, "session-" + number, world.main.name());
    this.writes = new SimulatedWrites(world, this);
    this.reads = new SimulatedReads(world, this);
  }

  void next() {
    if (!world.goOn()) {
      return;
    }
    int choice = world.random.nextInt(100);
    if (choice < 22) {
      writes.put();
    } else if (choice < 30) {
      writes.update();
    } else if (choice < 36) {
      writes.delete();
    } else if (choice < 37) {
      writes.expire();
    } else if (choice < 41) {
      readFromServer();
    } else if (choice < 46) {
      mint();
    } else {
      reads.any(choice - 46);
    }
  }

  /** Ends an operation. */
  void done() {
    world.schedule.after(1 + world.random.nextInt(THINK_NANOS), this::next);
  }

  void raise(long rv) {
    floor = Math.max(floor, rv);
  }

  void wrote(long rv) {
    writtenFloor = Math.max(writtenFloor, rv);
    raise(rv);
  }

  /** The session's own client lists, past Freshet. */
  private void readFromServer() {
    long invoked = world.schedule.nanos();
    world.schedule.after(
        world.random.nextInt(500_000),
        () -> {
          long rv = world.server.rv();
          world.schedule.after(
              world.random.nextInt(500_000),
              () -> {
                long now = world.schedule.nanos();
                world.recorder.record(
                    new Saw(world.recorder.newId(), caller, KIND, "", rv, invoked, now));
                if (world.bug != Bug.FORGOTTEN_SERVER_READ) {
                  raise(rv);
                }
                done();
              });
        });
  }

  private void mint() {
    String name = "token-" + world.tokens.size();
    long now = world.schedule.nanos();
    long stands = world.bug == Bug.FORGETFUL_TOKEN && floor == writtenFloor ? 0 : floor;
    world.tokens.add(new SimulatedToken(name, stands, Map.of()));
    world.recorder.record(
        new Minted(world.recorder.newId(), caller, name, new Minted.OfSession(), now, now));
    done();
  }

  /** A token of one answer. */
  void mint(long read, SimulatedCache.Snapshot shown) {
    String name = "token-" + world.tokens.size();
    long now = world.schedule.nanos();
    var token = new SimulatedToken(name, shown.rv(), shown.rows());
    world.tokens.add(token);
    world.lastOfARead = Optional.of(token);
    world.recorder.record(
        new Minted(world.recorder.newId(), caller, name, new Minted.OfRead(read), now, now));
  }
}
