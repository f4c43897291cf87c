/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli.top;

import org.jspecify.annotations.NullMarked;
