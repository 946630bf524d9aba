/**
 * Objects in a store that speaks S3: the port ({@link io.admix.files.object.ObjectStore}), and the
 * rules over it that hold for every store: how an object is made without ever overwriting one, how
 * what is already there is told apart, how it is read and checked, listed and removed. No SDK is
 * known here; {@code files-s3} has one and is found by ServiceLoader.
 */
@NullMarked
package io.admix.files.object;

import org.jspecify.annotations.NullMarked;
