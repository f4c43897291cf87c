/**
 * What programs may ask of the API server, and what they have asked: budgets, priorities, accounts
 * and advice. Values only; {@link dev.freshet.Load} is where they are read and set.
 */
@NullMarked
package dev.freshet.load;

import org.jspecify.annotations.NullMarked;
