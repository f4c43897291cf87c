/**
 * Defects of other clients that Freshet promises to be immune to, one class a client, one test a
 * defect: over real HTTP/2, against a scripted server or a real API server.
 */
@NullMarked
package dev.freshet.fabric8.defects;

import org.jspecify.annotations.NullMarked;
