/**
 * The native access for Linux on x86-64 and 64-bit Arm, by the Foreign Function and Memory API;
 * found by ServiceLoader.
 */
@NullMarked
package io.admix.files.linux;

import org.jspecify.annotations.NullMarked;
