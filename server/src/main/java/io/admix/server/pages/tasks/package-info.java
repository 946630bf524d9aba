/** The pages of tasks, and of what datasets were made of. */
@NullMarked
package io.admix.server.pages.tasks;

import org.jspecify.annotations.NullMarked;
