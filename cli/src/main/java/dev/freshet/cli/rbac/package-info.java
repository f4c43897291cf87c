/**
 * The rights that fences need, as objects of RBAC: as few as will do.
 *
 * <p>Called by {@code freshet fence rbac}. Knows kinds and RBAC; asks no server, and does not know
 * where text is printed.
 */
@NullMarked
package dev.freshet.cli.rbac;

import org.jspecify.annotations.NullMarked;
