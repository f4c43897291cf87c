@NullMarked
package dev.freshet.trials.soak;

import org.jspecify.annotations.NullMarked;
