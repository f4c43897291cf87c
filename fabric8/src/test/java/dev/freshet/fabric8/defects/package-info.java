/** Defects of other clients' caches, each as a test that this one passes. */
@NullMarked
package dev.freshet.fabric8.defects;

import org.jspecify.annotations.NullMarked;
