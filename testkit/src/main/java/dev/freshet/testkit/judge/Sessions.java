package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Adopted;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Saw;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * R2 for the levels that are about what somebody did and saw: {@code readYourWrites}, {@code
 * atLeast} and {@code exactly}. One walk through time keeps the floor of every session; a token's
 * floor is a copy of it, taken when the token was made.
 */
final class Sessions {
  private final Trial trial;
  private final Findings findings;
  private final Map<String, Floor> sessions = new HashMap<>();
  private final Map<String, Floor> tokens = new HashMap<>();
  private final Map<String, Read> readsOfTokens = new HashMap<>();
  private final Map<Long, Read> reads = new HashMap<>();
  private final Set<Long> readsWithToken;

  Sessions(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
    this.readsWithToken =
        trial.operations().stream()
            .filter(Minted.class::isInstance)
            .map(operation -> ((Minted) operation).source())
            .filter(Minted.OfRead.class::isInstance)
            .map(source -> ((Minted.OfRead) source).read())
            .collect(Collectors.toSet());
  }

  void check() {
    Moments.walk(trial.operations(), this::began, this::ended);
  }

  private Floor session(Operation operation) {
    return sessions.computeIfAbsent(operation.caller().session(), name -> new Floor());
  }

  private void ended(Operation operation) {
    switch (operation) {
      case Read read -> {
        if (read.answer().asOf() != Answer.UNKNOWN) {
          session(read).raise(scope(read), read.answer().asOf(), read);
        }
      }
      case Write write ->
          trial
              .resolution()
              .acknowledged(write)
              .ifPresent(event -> session(write).raise(scope(event), event.rv(), write));
      case Saw saw ->
          session(saw).raise(new Floor.Scope(saw.collection(), saw.namespace()), saw.rv(), saw);
      case Adopted adopted -> session(adopted).raise(token(adopted.token()));
      case Minted minted -> {}
      case Watched stream -> {}
    }
  }

  private void began(Operation operation) {
    switch (operation) {
      case Read read -> {
        if (readsWithToken.contains(read.id())) {
          reads.put(read.id(), read);
        }
        if (read.answer().satisfied() && read.answer().asOf() != Answer.UNKNOWN) {
          checkLevel(read);
        }
      }
      // Taken at its beginning: what its session did while the token was made may not be in it.
      case Minted minted -> tokens.put(minted.token(), floor(minted));
      case Write write -> {}
      case Saw saw -> {}
      case Adopted adopted -> {}
      case Watched stream -> {}
    }
  }

  private Floor floor(Minted minted) {
    return switch (minted.source()) {
      case Minted.OfSession whole -> session(minted).copy();
      case Minted.OfRead one -> {
        var floor = new Floor();
        Read read = reads.get(one.read());
        if (read != null && read.answer().asOf() != Answer.UNKNOWN) {
          readsOfTokens.put(minted.token(), read);
          floor.raise(scope(read), read.answer().asOf(), read);
        }
        yield floor;
      }
      case Minted.OfVersion version -> {
        var floor = new Floor();
        floor.raise(new Floor.Scope(version.collection(), ""), version.rv(), minted);
        yield floor;
      }
      case Minted.Merged merged -> {
        var floor = new Floor();
        merged.tokens().forEach(token -> floor.raise(token(token)));
        yield floor;
      }
    };
  }

  /** A token of another epoch, or of nobody who was recorded, demands nothing. */
  private Floor token(String name) {
    return tokens.getOrDefault(name, new Floor());
  }

  private void checkLevel(Read read) {
    switch (read.level()) {
      case Level.ReadYourWrites session -> demand(read, session(read), "its session");
      case Level.AtLeast atLeast ->
          demand(read, token(atLeast.token()), "the maker of token " + atLeast.token());
      case Level.Exactly exactly -> demandExactly(read, exactly.token());
      case Level.Cached cached -> {}
      case Level.Strong strong -> {}
      case Level.Within within -> {}
      case Level.Converged converged -> {}
    }
  }

  private void demand(Read read, Floor floor, String whose) {
    Timeline timeline = trial.timeline(read.query().collection());
    long rv = read.answer().asOf();
    floor
        .unmet(scope(read), rv, timeline)
        .ifPresent(
            unmet -> {
              Floor.Height height = unmet.getValue();
              String namespace = Floor.narrower(unmet.getKey(), scope(read));
              findings.add(
                  Rule.FRESH,
                  () ->
                      Explain.read(read)
                          + "\n    lacks "
                          + timeline
                              .firstBetween(rv, height.rv(), namespace)
                              .map(Explain::event)
                              .orElse("nothing")
                          + ", but "
                          + whose
                          + " had come to rv "
                          + height.rv()
                          + " by\n    "
                          + Explain.operation(height.by()),
                  read,
                  height.by());
            });
  }

  private void demandExactly(Read read, String token) {
    Optional.ofNullable(readsOfTokens.get(token))
        .filter(origin -> origin.answer().asOf() != read.answer().asOf())
        .ifPresent(
            origin ->
                findings.add(
                    Rule.FRESH,
                    () ->
                        Explain.read(read)
                            + "\n    was to show exactly rv "
                            + origin.answer().asOf()
                            + ", that of\n    "
                            + Explain.read(origin),
                    read,
                    origin));
  }

  private static Floor.Scope scope(Read read) {
    return new Floor.Scope(read.query().collection(), read.query().namespace());
  }

  private static Floor.Scope scope(EtcdEvent event) {
    int slash = event.key().indexOf('/');
    return new Floor.Scope(event.collection(), slash < 0 ? "" : event.key().substring(0, slash));
  }
}
