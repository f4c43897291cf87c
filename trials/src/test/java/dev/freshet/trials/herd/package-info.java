@NullMarked
package dev.freshet.trials.herd;

import org.jspecify.annotations.NullMarked;
