/**
 * How objects and figures look: tables as kubectl prints them, JSON, YAML, names and ages.
 *
 * <p>Called by the commands. Knows rows and objects; knows no options and asks no server.
 */
@NullMarked
package dev.freshet.cli.output;

import org.jspecify.annotations.NullMarked;
