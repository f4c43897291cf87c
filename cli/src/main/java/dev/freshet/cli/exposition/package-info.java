/**
 * Prometheus' text format, read while it arrives; of megabytes only what is wanted is kept.
 *
 * <p>Called by {@code top}. Knows the format; knows no metric by name and asks no server.
 */
@NullMarked
package dev.freshet.cli.exposition;

import org.jspecify.annotations.NullMarked;
