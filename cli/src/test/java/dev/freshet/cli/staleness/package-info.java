/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli.staleness;

import org.jspecify.annotations.NullMarked;
