/**
 * What budgets do for the API server and for those who share it, measured on a real one and held
 * against its own account.
 */
@NullMarked
package dev.freshet.trials.load;

import org.jspecify.annotations.NullMarked;
