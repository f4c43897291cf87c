@NullMarked
package dev.freshet.trials.round;

import org.jspecify.annotations.NullMarked;
