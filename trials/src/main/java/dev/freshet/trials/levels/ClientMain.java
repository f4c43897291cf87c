package dev.freshet.trials.levels;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Token;
import dev.freshet.TouchTarget;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.history.HistoryFile;
import dev.freshet.testkit.history.Recorder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * One process of a leg: a Freshet with its caches and {@value #CLIENTS} clients. It takes orders, a
 * line each, from its standard input, ends when that ends, and tells on its standard output.
 */
public final class ClientMain {
  /** Clients of one process. */
  static final int CLIENTS = 4;

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(60);
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);
  private static final Duration TRIES_FOR = Duration.ofSeconds(6);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);

  private final int process;
  private final Path history;
  private final Recorder recorder;
  private final Freshet freshet;
  private final Desk desk;
  private final List<Thread> clients = new ArrayList<>();
  private final long seed;
  private final Making made;

  /** Makes one client. */
  private interface Making {
    Runnable client(String name, RandomGenerator random);
  }

  private ClientMain(
      int process, Clientele clientele, Path kubeconfig, String context, long seed, Path history) {
    this.process = process;
    this.history = history;
    this.seed = seed;
    // The rig itself is the first of the recorders.
    this.recorder = Recorder.start(process + 1);
    var sentinel = TouchTarget.of(Scenery.NAMESPACE, Scenery.sentinel(process));
    this.freshet =
        Freshet.connect(
            options ->
                options
                    .kubeconfig(kubeconfig)
                    .context(context)
                    .cache(Pod.class, all -> all.touching(sentinel))
                    .cache(ConfigMap.class, all -> all.touching(sentinel))
                    .sharingEtcd(Pod.class, ConfigMap.class));
    freshet.awaitSynced(SYNCED_WITHIN);
    var pods = freshet.reads(Pod.class).list(Consistency.cached());
    this.desk =
        new Desk(
            process, freshet, recorder, new Repertoire(pods.rows()), CLIENTS, ClientMain::tell);
    this.made =
        switch (clientele) {
          case LEVELS -> (name, random) -> new Client(desk, name, random);
          case CACHES -> {
            Informer informer = Informer.start(kubeconfig, context);
            yield (name, random) -> new BothCaches(desk, informer, name, random);
          }
        };
  }

  /** The arguments are those of {@link Crew#start}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var main =
        new ClientMain(
            Integer.parseInt(args[0]),
            Clientele.valueOf(args[1]),
            Path.of(args[2]),
            args[3],
            Long.parseLong(args[4]),
            Path.of(args[5]));
    tell("ready");
    try (var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      String line = orders.readLine();
      while (line != null && main.obey(line)) {
        line = orders.readLine();
      }
    }
    // Whatever still runs belongs to a leg that is over.
    System.exit(0);
  }

  /** Tells the rig a line. */
  private static void tell(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }

  /** Does what a line says; false once there is no more to do. */
  private boolean obey(String line) throws InterruptedException {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "ping" -> tell("pong " + System.nanoTime());
      case "start" -> start();
      case "token" -> desk.tokens().add(new NamedTokens.Named(words[1], Token.parse(words[2])));
      // Orders must go on being read, or whoever sends them would wait, too.
      case "hold" -> meanwhile("held", desk::holdWrites);
      case "go" -> desk.allowWrites();
      case "settle" -> meanwhile("settled", this::settle);
      case "stop" -> stop();
      case "look" -> {
        Client.lastLook(desk);
        tell("looked");
      }
      case "write" -> {
        HistoryFile.write(history, recorder.history());
        tell(desk.progress());
        tell("written");
        return false;
      }
      default -> desk.defect("no such order: " + line);
    }
    return true;
  }

  /** Something that waits. */
  private interface Waiting {
    void run() throws InterruptedException;
  }

  private void meanwhile(String done, Waiting work) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
                tell(done);
              } catch (InterruptedException | RuntimeException e) {
                // In place of the reply, so that the rig does not wait for it.
                tell("failed: not " + done + ", since " + e.toString().replace('\n', ' '));
              }
            });
  }

  private void start() {
    var seeds = new SplittableRandom(seed);
    for (int i = 0; i < CLIENTS; i++) {
      String name = "client-" + process + "-" + i;
      Runnable client = made.client(name, seeds.split());
      clients.add(thread(name, client));
    }
    String name = "listener-" + process;
    clients.add(thread(name, new Listener(desk, name, seeds.split())));
    Thread.ofVirtual().name("reports").start(this::report);
  }

  /**
   * No virtual one: a client that has nothing to wait for would keep its carrier, of which a small
   * machine has two, from whatever keeps the caches.
   */
  private Thread thread(String name, Runnable client) {
    return Thread.ofPlatform().daemon().name(name).start(() -> run(client));
  }

  private void run(Runnable client) {
    try {
      client.run();
    } catch (RuntimeException e) {
      desk.defect(Thread.currentThread().getName() + " met " + e);
    }
  }

  private void report() {
    while (!desk.ended()) {
      tell(desk.progress());
      LockSupport.parkNanos(BETWEEN_REPORTS.toNanos());
    }
  }

  /** Waits until strong reads of both kinds are answered from the caches again. */
  private void settle() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + SETTLED_WITHIN.toNanos();
    for (Kind kind : Kind.values()) {
      while (!isSettled(kind)) {
        if (System.nanoTime() - deadlineNanos > 0) {
          throw new IllegalStateException(kind + " is not answered from the cache again");
        }
        Thread.sleep(BETWEEN_REPORTS);
      }
    }
    desk.settled();
  }

  private boolean isSettled(Kind kind) {
    try {
      var route =
          freshet
              .reads(kind.type())
              .fence(Fence.TOUCH)
              .within(TRIES_FOR)
              .inNamespace(Scenery.NAMESPACE)
              .get(Scenery.sentinel(process), Consistency.strong())
              .provenance()
              .route();
      return route == dev.freshet.Route.TOUCH;
    } catch (FreshetException e) {
      return false;
    }
  }

  private void stop() throws InterruptedException {
    desk.end();
    for (Thread client : clients) {
      if (!client.join(ENDS_WITHIN)) {
        desk.defect(client.getName() + " did not come back from its last act");
      }
    }
    tell("stopped");
  }
}
