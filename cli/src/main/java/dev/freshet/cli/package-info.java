/**
 * The {@code freshet} command: what a user types, and what they are told.
 *
 * <p>Called from {@code main} only. Reads through freshet-fabric8, starts throw-away control planes
 * through the testkit, and leaves formats to {@code output} and counting to {@code measure}, which
 * know nothing of the command line.
 */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
