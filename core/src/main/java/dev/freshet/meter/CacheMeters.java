package dev.freshet.meter;

import dev.freshet.CacheHealth;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The declared caches, each of their streams; those are all known from the start. */
record CacheMeters(Supplier<List<CacheHealth>> health) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    for (CacheHealth stream : health.get()) {
      new OfStream(health, stream.type(), stream.namespace(), registry).register();
    }
  }

  private record OfStream(
      Supplier<List<CacheHealth>> health,
      ResourceType type,
      Optional<String> namespace,
      MeterRegistry registry) {

    void register() {
      gauge(
          "age",
          "seconds",
          "How old the cache can be at most; no value while that is not known.",
          one -> one.behindAtMost().map(age -> age.toNanos() / 1e9).orElse(Double.NaN));
      gauge(
          "frontier",
          null,
          "Everything up to this version is in the cache; no value while there is none.",
          one -> one.frontier().map(OfStream::number).orElse(Double.NaN));
      gauge("objects", "objects", "Objects that it holds.", CacheHealth::objects);
      gauge("size", "bytes", "Bytes of those objects, without rows.", CacheHealth::bytes);
      gauge("queued", "changes", "Changes that wait for its handlers.", CacheHealth::queued);
      gauge(
          "watching",
          null,
          "1 while it follows changes, 0 while it lists, retries or holds too much.",
          one -> one.state() == CacheHealth.State.WATCHING ? 1 : 0);
      gauge(
          "alarm",
          null,
          "1 while something contradicts the history that it follows.",
          one -> one.alarm().isEmpty() ? 0 : 1);
      gauge(
          "resumed",
          null,
          "1 while it has had no complete list, but goes on from what was saved.",
          one -> one.resumed().isPresent() ? 1 : 0);
      counter("events", "Changes that its watch has brought.", CacheHealth::events);
      counter("lists", "Complete lists that it has had.", CacheHealth::lists);
      counter("promoted", "Reads within a bound that it was too old for.", CacheHealth::promoted);
    }

    private static double number(ResourceVersion version) {
      return version.isComparable() ? Double.parseDouble(version.text()) : Double.NaN;
    }

    private void gauge(
        String name, @Nullable String unit, String says, ToDoubleFunction<CacheHealth> value) {
      Gauge.builder("freshet.cache." + name, this, one -> one.read(value))
          .description(says)
          .baseUnit(unit)
          .tags(tags())
          .strongReference(true)
          .register(registry);
    }

    private void counter(String name, String says, ToDoubleFunction<CacheHealth> value) {
      FunctionCounter.builder("freshet.cache." + name, health, unused -> read(value))
          .description(says)
          .tags(tags())
          .register(registry);
    }

    private Tags tags() {
      return Tags.of("kind", type.qualifiedName(), "namespace", namespace.orElse(""));
    }

    private double read(ToDoubleFunction<CacheHealth> value) {
      return health.get().stream()
          .filter(one -> one.type().equals(type) && one.namespace().equals(namespace))
          .findFirst()
          .map(value::applyAsDouble)
          .orElse(Double.NaN);
    }
  }
}
