/** What can be done between a source folder and a target folder. */
@org.jspecify.annotations.NullMarked
package io.admix.engine.doctor;
