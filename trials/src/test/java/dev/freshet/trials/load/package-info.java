@NullMarked
package dev.freshet.trials.load;

import org.jspecify.annotations.NullMarked;
