package dev.freshet;

import dev.freshet.load.BudgetUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what is worth saying in accounts. A pure function of them. */
final class Adviser {

  /** Fewer reads than this are no habit. */
  private static final int FEW = 10;

  /** Of reads within a bound, how many may miss the cache. */
  private static final double MISSES = 0.1;

  private Adviser() {}

  static List<Advice> advise(List<ReadAccount> accounts, List<BudgetUse> budgets) {
    List<Advice> all = new ArrayList<>();
    for (ReadAccount account : accounts) {
      ofReads(account, accounts).ifPresent(all::add);
    }
    for (BudgetUse use : budgets) {
      ofBudget(use).ifPresent(all::add);
    }
    all.sort(Comparator.comparingLong(Advice::savedBytes).reversed());
    return all;
  }

  private static Optional<Advice> ofReads(ReadAccount account, List<ReadAccount> all) {
    if (account.reads() < FEW || account.route().isEmpty()) {
      return Optional.empty();
    }
    return switch (account.route().get()) {
      case DIRECT -> Optional.of(direct(account));
      case EXACT -> Optional.of(exact(account));
      case PROBE, BOOKMARK, TOUCH ->
          account.level().equals("within") ? within(account, all) : Optional.empty();
      case CACHED, SNAPSHOT -> Optional.empty();
    };
  }

  private static Advice direct(ReadAccount account) {
    String found =
        "%s made %s direct %s of %s, %s"
            .formatted(
                account.caller(),
                count(account.reads()),
                account.objects() <= account.reads() ? "reads" : "lists",
                account.kind().qualifiedName(),
                Amounts.bytes(account.bytes()));
    if (account.instead().isEmpty()) {
      return advice(
          account,
          found + "; no cache is declared that could answer them",
          "Declare a cache of "
              + account.kind().qualifiedName()
              + ": a strong read then costs one small request, shared by all who read at once.",
          account.bytes());
    }
    var instead = account.instead().get();
    long others = Math.round(instead.requests());
    return advice(
        account,
        "%s; %s from the cache would have been %s %s, %s"
            .formatted(
                found,
                account.level(),
                count(others),
                plural(instead.route(), others),
                Amounts.bytes(instead.bytes())),
        "Let the planner choose the way, or allow reads more time to wait for the cache.",
        account.bytes() - instead.bytes());
  }

  private static Advice exact(ReadAccount account) {
    return advice(
        account,
        "%s listed %s %s times at an exact version, %s, since no snapshot of it was kept"
            .formatted(
                account.caller(),
                account.kind().qualifiedName(),
                count(account.reads()),
                Amounts.bytes(account.bytes())),
        "Keep snapshots of that cache for longer, or read atLeast(token).",
        account.bytes());
  }

  private static Optional<Advice> within(ReadAccount account, List<ReadAccount> all) {
    long reads =
        all.stream()
            .filter(one -> one.caller().equals(account.caller()))
            .filter(one -> one.kind().equals(account.kind()) && one.level().equals("within"))
            .mapToLong(ReadAccount::reads)
            .sum();
    if (account.reads() <= MISSES * reads) {
      return Optional.empty();
    }
    return Optional.of(
        advice(
            account,
            "%s of %s reads of %s within a bound by %s were not answered by the cache alone"
                .formatted(
                    count(account.reads()),
                    count(reads),
                    account.kind().qualifiedName(),
                    account.caller()),
            "Allow a wider bound: health() says which one the cache can keep.",
            0));
  }

  private static Optional<Advice> ofBudget(BudgetUse use) {
    if (use.overBudget() > 0) {
      return Optional.of(
          new Advice(
              use.caller(),
              Optional.empty(),
              "%s requests of %s were not allowed in time by the budget (%s) and failed"
                  .formatted(count(use.overBudget()), use.caller(), use.budget()),
              "Read from the cache, ask less often, allow more time, or raise the budget.",
              0));
    }
    if (use.refused() > 0) {
      return Optional.of(
          new Advice(
              use.caller(),
              Optional.empty(),
              "the API server had no room for %s requests of %s"
                  .formatted(count(use.refused()), use.caller()),
              "Give it a smaller budget, or its user a larger share of the server.",
              0));
    }
    return Optional.empty();
  }

  private static Advice advice(ReadAccount account, String found, String remedy, long saved) {
    return new Advice(account.caller(), Optional.of(account.kind()), found, remedy, saved);
  }

  private static String plural(Route route, long count) {
    String one =
        switch (route) {
          case TOUCH -> "touch";
          case PROBE -> "probe";
          case BOOKMARK -> "bookmark watch";
          case CACHED, DIRECT, SNAPSHOT, EXACT -> route + " read";
        };
    return count == 1 ? one : one.endsWith("ch") ? one + "es" : one + "s";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
