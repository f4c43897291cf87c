package dev.freshet.change;

import dev.freshet.store.StoredChange;
import dev.freshet.store.StoredChange.Added;
import dev.freshet.store.StoredChange.Deleted;
import dev.freshet.store.StoredChange.Updated;

/** What two successive changes of one key come to when they are told as one. */
sealed interface Merge {

  /** One change says both. */
  record Into(StoredChange change) implements Merge {}

  /** Nothing has to be told: an object came and went. */
  record Nothing() implements Merge {}

  /** They stay two: what is deleted and what comes after it are not the same object. */
  record Apart() implements Merge {}

  static Merge of(StoredChange first, StoredChange second) {
    return switch (first) {
      case Added added ->
          switch (second) {
            case Updated updated -> new Into(new Added(updated.now(), updated.at()));
            case Deleted deleted -> new Nothing();
            case Added again -> new Apart();
          };
      case Updated updated ->
          switch (second) {
            case Updated next -> new Into(new Updated(updated.before(), next.now(), next.at()));
            case Deleted deleted ->
                new Into(
                    new Deleted(
                        updated.before(),
                        deleted.last(),
                        deleted.finalStateUnknown(),
                        deleted.at()));
            case Added again -> new Apart();
          };
      case Deleted deleted -> new Apart();
    };
  }
}
