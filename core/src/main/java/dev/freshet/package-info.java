/**
 * Reading Kubernetes with the consistency you name: the levels, the reads, and what they answer.
 *
 * <p>keep; how a read is served lives in the packages below, which this one calls and which never
 * call back, but for the exceptions and values.
 */
@NullMarked
package dev.freshet;

import org.jspecify.annotations.NullMarked;
