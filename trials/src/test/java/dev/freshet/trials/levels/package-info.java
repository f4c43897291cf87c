@NullMarked
package dev.freshet.trials.levels;

import org.jspecify.annotations.NullMarked;
