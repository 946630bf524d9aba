package io.admix.cli;

import io.admix.engine.RefusedException;
import io.admix.engine.place.Place;
import java.nio.file.InvalidPathException;

/** Places as they are written on the command line. */
final class Places {
  private Places() {}

  /**
   * A folder, meant against the folder of the command, or a place of objects.
   *
   * @throws RefusedException with what is wrong
   */
  static Place of(CommandContext context, String written) throws RefusedException {
    try {
      Place place = Place.parse(written);
      return place.isObjects() ? place : Place.of(context.resolve(place.folder()));
    } catch (InvalidPathException e) {
      throw new RefusedException(written + " is no path: " + e.getReason() + ".");
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }
}
