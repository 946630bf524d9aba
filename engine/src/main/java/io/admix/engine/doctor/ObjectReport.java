package io.admix.engine.doctor;

import io.admix.files.object.ObjectAbilities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done between two places of which one at least holds objects.
 *
 * @param source as it was named, and the target
 * @param store which store was asked
 * @param sourceKey the first object of a source of objects, or null
 * @param isTargetEmpty whether nothing is below a target of objects; null for a folder
 * @param abilities what the store was seen to heed below the target; null where the target is a
 *     folder, or could not be written
 * @param problem why no mix can be made so, or null
 * @param notes sentences for people
 */
public record ObjectReport(
    String source,
    String target,
    String store,
    @Nullable String sourceKey,
    @Nullable Boolean isTargetEmpty,
    @Nullable ObjectAbilities abilities,
    @Nullable String problem,
    List<String> notes) {
  public ObjectReport {
    notes = List.copyOf(notes);
  }

  /** Whether it is known that no mix can be made so. */
  public boolean isHopeless() {
    return problem != null;
  }
}
