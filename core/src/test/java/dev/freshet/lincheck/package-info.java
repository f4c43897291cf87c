/** How hard lincheck tries, for the tests of what threads share. */
@NullMarked
package dev.freshet.lincheck;

import org.jspecify.annotations.NullMarked;
