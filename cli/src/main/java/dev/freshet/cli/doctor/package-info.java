/**
 * What a cluster and a user offer Freshet, found by trying.
 *
 * <p>Called by {@code freshet doctor}. Knows a connection and one kind; does not know how findings
 * are printed.
 */
@NullMarked
package dev.freshet.cli.doctor;

import org.jspecify.annotations.NullMarked;
