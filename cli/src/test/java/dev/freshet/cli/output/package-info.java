/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli.output;

import org.jspecify.annotations.NullMarked;
