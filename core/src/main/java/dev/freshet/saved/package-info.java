/**
 * What a cache holds, in a file for the next start of its program: the format, and the directory
 * that one process at a time owns. Called by feeds, which decide when to save and what to believe;
 * knows nothing of the server.
 */
@NullMarked
package dev.freshet.saved;

import org.jspecify.annotations.NullMarked;
