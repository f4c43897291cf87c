package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.Consistency;
import dev.freshet.Fence;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how consistent a read must be, and by which way it gets so. */
final class LevelOptions {

  @Option(
      names = "--consistency",
      paramLabel = "LEVEL",
      converter = ConsistencyConverter.class,
      description = {
        "strong: sees all that was committed before (default).",
        "within=DURATION: sees all that was committed longer ago than that.",
        "at-least=TOKEN: sees all that the token saw, or more.",
        "read-your-writes: the same with the token in $FRESHET_TOKEN, for commands of one shell; "
            + "without it this command has seen nothing, and any state will do.",
        "exactly=TOKEN: the state that the token saw, while somebody still has it.",
        "cached: from a cache, however far that is.",
        "A command has no cache at its start: it starts one for cached, which costs more than "
            + "a list, and lists for all others, in one request."
      })
  private Consistency level = Consistency.strong();

  @Option(
      names = "--cache",
      description = "Start a cache first, and read as a program that has one.")
  private boolean cache;

  @Option(
      names = "--fence",
      paramLabel = "WAY",
      description = {
        "How strong, or within, is given: direct, by a list; probe, bookmark and touch, from a "
            + "cache that is started first; auto leaves the choice to Freshet (default)."
      })
  private Fence fence = Fence.AUTO;

  @Mixin private TouchOption touch = new TouchOption();

  Consistency level() {
    return level;
  }

  Fence fence() {
    return fence;
  }

  /** Whether a cache is to be started before the read. */
  boolean needsCache() {
    return cache || touch.isGiven() || isFromCache(fence) || level instanceof Consistency.Cached;
  }

  private static boolean isFromCache(Fence fence) {
    return switch (fence) {
      case PROBE, BOOKMARK, TOUCH -> true;
      case AUTO, DIRECT -> false;
    };
  }

  /** That cache. */
  CacheDeclaration cacheOf(Target target) {
    return touch.in(target.cache(), target);
  }

  /** What is wrong with these options together; empty if nothing is. */
  Optional<String> contradiction() {
    boolean fenced = level instanceof Consistency.Strong || level instanceof Consistency.Within;
    if (fence != Fence.AUTO && !fenced) {
      return Optional.of("--fence " + fence + " is a way to read strong or within, not " + level);
    }
    if (fence == Fence.TOUCH && !touch.isGiven()) {
      return Optional.of("--fence touch needs an object to write into: --touch [NS/]NAME");
    }
    if (touch.isGiven() && fence != Fence.TOUCH && fence != Fence.AUTO) {
      return Optional.of("--touch has no part in --fence " + fence);
    }
    return Optional.empty();
  }
}
