@NullMarked
package dev.freshet.trials.stage;

import org.jspecify.annotations.NullMarked;
