package dev.freshet.webhook.reserve;

import dev.freshet.webhook.Verdict;
import dev.freshet.webhook.Views;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object that wants a place in a group. Decided once, and read by its own thread afterwards. */
final class Applicant implements Turns.Waiting {

  private final Group group;
  private final String hash;
  private final String uid;
  private final boolean dryRun;
  private final Views views;
  private volatile @Nullable Verdict verdict;

  Applicant(Group group, String uid, boolean dryRun, Views views) {
    this.group = group;
    this.hash = Constraint.hash(group);
    this.uid = uid;
    this.dryRun = dryRun;
    this.views = views;
  }

  Group group() {
    return group;
  }

  /** Of the group, as reservations have it. */
  String hash() {
    return hash;
  }

  String uid() {
    return uid;
  }

  boolean isDryRun() {
    return dryRun;
  }

  Views views() {
    return views;
  }

  void decide(Verdict decided) {
    verdict = decided;
  }

  @Override
  public boolean isDecided() {
    return verdict != null;
  }

  Verdict verdict() {
    return Objects.requireNonNull(verdict);
  }
}
