/** Tests of the recorded events that the bench replays. */
@NullMarked
package dev.freshet.feed;

import org.jspecify.annotations.NullMarked;
