/**
 * Kubernetes protobuf: a cursor over its bytes, and tables that say what they mean.
 *
 * <p>For codecs, and for bindings of model classes that decode objects themselves; applications
 * have no use for it. Knows messages and fields; knows neither rows nor answers.
 */
@NullMarked
package dev.freshet.protobuf;

import org.jspecify.annotations.NullMarked;
