/** What strong reads cost by each route, side by side, and how well the planner foresees it. */
@NullMarked
package dev.freshet.trials.fences;

import org.jspecify.annotations.NullMarked;
