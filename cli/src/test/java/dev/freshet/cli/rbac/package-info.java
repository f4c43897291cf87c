/** Tests of the package of the same name. */
@NullMarked
package dev.freshet.cli.rbac;

import org.jspecify.annotations.NullMarked;
