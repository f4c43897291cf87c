/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
