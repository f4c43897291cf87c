/** A quota by webhook through the real API server, judged by etcd's history. */
@NullMarked
package dev.freshet.trials.admission;

import org.jspecify.annotations.NullMarked;
