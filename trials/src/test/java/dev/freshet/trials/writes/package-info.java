@NullMarked
package dev.freshet.trials.writes;

import org.jspecify.annotations.NullMarked;
