/** Tests of what is saved: the format, damaged files, the directory. */
@NullMarked
package dev.freshet.saved;

import org.jspecify.annotations.NullMarked;
