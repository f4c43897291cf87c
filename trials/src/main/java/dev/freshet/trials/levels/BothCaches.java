package dev.freshet.trials.levels;

import dev.freshet.Consistency;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.FreshetSession;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Recorder.PendingRead;
import dev.freshet.testkit.history.Route;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One client that asks the same of Freshet's cache and of fabric8's informer in the same process,
 * in either order, and writes now and then.
 */
final class BothCaches implements Runnable {
  /** How the caches of fabric8's informers are called, behind the number of their process. */
  static final String INFORMER = "informer";

  private final Desk desk;
  private final Informer informer;
  private final String name;
  private final RandomGenerator random;
  private final OwnWrites writes;
  private final FreshetSession session;

  BothCaches(Desk desk, Informer informer, String name, RandomGenerator random) {
    this.desk = desk;
    this.informer = informer;
    this.name = name;
    this.random = random;
    this.writes = new OwnWrites(desk, name, random);
    this.session = desk.freshet().session();
  }

  @Override
  public void run() {
    while (!desk.ended()) {
      if (random.nextInt(10) == 0) {
        writes.write(session, caller(desk.cache(Kind.PODS)));
      }
      Question question = question();
      if (random.nextBoolean()) {
        askFreshet(question);
        askInformer(question);
      } else {
        askInformer(question);
        askFreshet(question);
      }
    }
  }

  private Question question() {
    Question question = desk.repertoire().any(random);
    while (!Informer.understands(question) || question.namespaces().size() > 1) {
      question = desk.repertoire().any(random);
    }
    return question;
  }

  private Caller caller(String cache) {
    return new Caller(name, name, cache);
  }

  private void askFreshet(Question question) {
    List<PendingRead> pending = List.of(pending(question, desk.cache(Kind.PODS)));
    try {
      Found found = Client.ask(question, Consistency.cached(), desk.freshet().reads(Pod.class));
      var unused = desk.answered(question, pending, found);
      if (question.equals(Question.everything(Kind.PODS))) {
        desk.repertoire().seen(found.rows());
      }
    } catch (FreshetException e) {
      desk.failed(question, pending, e);
    }
  }

  private void askInformer(Question question) {
    PendingRead pending = pending(question, desk.cache(INFORMER));
    List<Pod> found = informer.read(question);
    var unused =
        pending.returned(
            into -> {
              Informer.add(found, into);
              return Answer.Claims.of(Answer.UNKNOWN, Route.CACHED);
            });
    desk.count(1);
  }

  private PendingRead pending(Question question, String cache) {
    return desk.recorder().read(caller(cache), question.written().getFirst(), new Level.Cached());
  }
}
