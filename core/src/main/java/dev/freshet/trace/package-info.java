/**
 * Reads as OpenTelemetry spans. Needs {@code opentelemetry-api}, which is the program's to bring;
 * nothing else of Freshet knows this package.
 */
@NullMarked
package dev.freshet.trace;

import org.jspecify.annotations.NullMarked;
