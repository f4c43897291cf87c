/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli.exposition;

import org.jspecify.annotations.NullMarked;
