package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanHeader;
import io.admix.files.PlacingStoppedException;

/** Makers for a plan with sources of both kinds: each entry by the one for its source. */
final class MakersByKind implements EntryMakers {
  private final boolean[] isObjects;
  private final EntryMakers ofFiles;
  private final EntryMakers ofObjects;

  MakersByKind(PlanHeader header, EntryMakers ofFiles, EntryMakers ofObjects) {
    this.isObjects = new boolean[header.sources().size()];
    for (int i = 0; i < isObjects.length; i++) {
      isObjects[i] = header.sources().get(i).place().isObjects();
    }
    this.ofFiles = ofFiles;
    this.ofObjects = ofObjects;
  }

  @Override
  public EntryMaker open() {
    EntryMaker files = ofFiles.open();
    EntryMaker objects = ofObjects.open();
    return new EntryMaker() {
      private EntryMaker of(PlanEntry entry) {
        return isObjects[entry.source()] ? objects : files;
      }

      @Override
      public EntryResult make(PlanEntry entry) throws PlacingStoppedException {
        return of(entry).make(entry);
      }

      @Override
      public void removeLeftover(PlanEntry entry) throws PlacingStoppedException {
        of(entry).removeLeftover(entry);
      }

      @Override
      public void endRun() {
        files.endRun();
        objects.endRun();
      }

      @Override
      public void close() {
        try (files) {
          objects.close();
        }
      }
    };
  }

  @Override
  public long backOffs() {
    return ofFiles.backOffs() + ofObjects.backOffs();
  }

  @Override
  public void close() {
    try (ofFiles) {
      ofObjects.close();
    }
  }
}
