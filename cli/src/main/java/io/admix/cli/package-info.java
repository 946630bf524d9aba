/**
 * The command line: commands, progress bars, tables, exit codes. {@link io.admix.cli.Main} is the
 * door; rules live in the engine.
 */
@NullMarked
package io.admix.cli;

import org.jspecify.annotations.NullMarked;
