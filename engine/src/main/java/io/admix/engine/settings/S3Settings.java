package io.admix.engine.settings;

import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.PartLimits;
import java.util.List;

/**
 * How objects are reached and made.
 *
 * @param store how the store is reached; credentials are not among the settings
 * @param limits from which size objects are made in parts
 * @param allowed below which places callers of a service may register datasets
 */
public record S3Settings(ObjectSettings store, PartLimits limits, List<ObjectPlace> allowed) {
  /** Amazon's store, and no place of it for callers of a service. */
  public static final S3Settings DEFAULT =
      new S3Settings(ObjectSettings.DEFAULT, PartLimits.DEFAULT, List.of());

  public S3Settings {
    allowed = List.copyOf(allowed);
  }
}
