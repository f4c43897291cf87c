package dev.freshet;

import dev.freshet.govern.Governor;
import dev.freshet.object.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * The ledgers of all callers and kinds, of as many callers as the governor tells apart.
 * Thread-safe; finding one allocates nothing.
 */
final class Ledgers {

  private final Map<String, Map<ResourceType, Ledger>> byCaller = new ConcurrentHashMap<>();
  private final Function<ResourceType, DoubleSupplier> bytesPerObject;

  /**
   * @param bytesPerObject what one object of a kind takes in a list, as far as is known by now
   */
  Ledgers(Function<ResourceType, DoubleSupplier> bytesPerObject) {
    this.bytesPerObject = bytesPerObject;
  }

  Ledger of(String caller, ResourceType kind) {
    Map<ResourceType, Ledger> own = byCaller.get(caller);
    Ledger known = own == null ? null : own.get(kind);
    return known == null ? opened(caller, kind) : known;
  }

  private Ledger opened(String caller, ResourceType kind) {
    boolean own = byCaller.size() < Governor.MAX_CALLERS || byCaller.containsKey(caller);
    String name = own ? caller : Governor.OTHERS;
    return byCaller
        .computeIfAbsent(name, unused -> new ConcurrentHashMap<>())
        .computeIfAbsent(kind, unused -> new Ledger(name, kind, bytesPerObject.apply(kind)));
  }

  /** What every caller's reads have cost, by caller, kind, level and route. */
  List<ReadAccount> accounts() {
    List<ReadAccount> accounts = new ArrayList<>();
    byCaller.values().forEach(own -> own.values().forEach(one -> one.show(accounts::add)));
    accounts.sort(
        Comparator.comparing(ReadAccount::caller)
            .thenComparing(one -> one.kind().qualifiedName())
            .thenComparing(ReadAccount::level)
            .thenComparing(one -> one.route().map(Route::ordinal).orElse(Integer.MAX_VALUE)));
    return accounts;
  }
}
