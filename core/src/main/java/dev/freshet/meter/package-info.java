/**
 * What a client does as Micrometer meters. Needs {@code micrometer-core}, which is the program's to
 * bring; nothing else of Freshet knows this package.
 */
@NullMarked
package dev.freshet.meter;

import org.jspecify.annotations.NullMarked;
