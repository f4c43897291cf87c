/**
 * Admission webhooks that see a consistent cluster: validators and mutators as plain functions of a
 * review and a pinned view.
 *
 * <p>Called by user programs. {@link dev.freshet.webhook.AdmissionServer} serves over HTTPS; {@link
 * dev.freshet.webhook.AdmissionEndpoint} is the same without a server, to be mounted in one. Knows
 * nothing of sockets and certificates, which are {@code http}'s, nor of how claims are kept, which
 * is {@code reserve}'s.
 */
@NullMarked
package dev.freshet.webhook;

import org.jspecify.annotations.NullMarked;
