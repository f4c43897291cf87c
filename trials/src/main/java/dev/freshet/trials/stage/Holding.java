package dev.freshet.trials.stage;

import dev.freshet.testkit.history.Query;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something that is to come to hold what etcd holds.
 *
 * @param name for messages
 * @param of which of the Pods
 * @param versions what it holds now: each Pod's version by {@code namespace/name}
 */
public record Holding(String name, Query of, Supplier<Map<String, String>> versions) {}
