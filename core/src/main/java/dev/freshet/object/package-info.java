/**
 * One Kubernetes object as Freshet holds it: a small row of what is always known, and its bytes.
 *
 * <p>Codecs make these, the store keeps them, reads hand them out. Nothing here knows where they
 * came from.
 */
@NullMarked
package dev.freshet.object;

import org.jspecify.annotations.NullMarked;
