package dev.freshet.cli.top;

import dev.freshet.Load;
import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.staleness.StalenessProbe;
import dev.freshet.cli.top.Seen.CacheRow;
import java.util.List;

/** The command itself: it keeps caches and probes them, and that is what it shows. */
public final class OwnProcess implements Source {

  private final List<StalenessProbe> probes;
  private final Load load;

  /**
   * @param probes one for each cache
   */
  public OwnProcess(List<StalenessProbe> probes, Load load) {
    this.probes = List.copyOf(probes);
    this.load = load;
  }

  @Override
  public Seen look() {
    List<Staleness> looks = StalenessProbe.lookAll(probes);
    boolean silent = looks.stream().allMatch(look -> look.head().isEmpty());
    return new Seen(
        looks.stream().map(look -> new CacheRow(look.kind(), look)).toList(),
        Counts.of(load),
        silent ? looks.getFirst().why() : "");
  }

  @Override
  public String subject() {
    return "Callers and caches are this command's own; --program URL shows a program's.";
  }

  @Override
  public boolean isOwn() {
    return true;
  }
}
