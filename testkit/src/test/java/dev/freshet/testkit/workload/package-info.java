@NullMarked
package dev.freshet.testkit.workload;

import org.jspecify.annotations.NullMarked;
