/**
 * Objects in Amazon S3 and in stores that speak its protocol, over the AWS SDK for Java; found by
 * ServiceLoader.
 */
@NullMarked
package io.admix.files.s3;

import org.jspecify.annotations.NullMarked;
