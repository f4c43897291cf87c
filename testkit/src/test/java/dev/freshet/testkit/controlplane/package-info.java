@NullMarked
package dev.freshet.testkit.controlplane;

import org.jspecify.annotations.NullMarked;
