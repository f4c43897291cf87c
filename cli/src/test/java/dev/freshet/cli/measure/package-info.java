/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli.measure;

import org.jspecify.annotations.NullMarked;
