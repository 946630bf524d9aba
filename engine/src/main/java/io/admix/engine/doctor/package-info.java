/** What can be done between a source folder and a target folder. */
@NullMarked
package io.admix.engine.doctor;

import org.jspecify.annotations.NullMarked;
