package io.admix.files.object;

/**
 * Keeps which uploads in parts were begun, so that after a crash only ours are aborted: a store
 * does not tell who began one. An upload whose beginning was not answered is known by its key only.
 */
public interface UploadJournal {
  /** Keeps nothing. */
  UploadJournal NONE =
      new UploadJournal() {
        @Override
        public void begun(ObjectStore.Upload upload) {}

        @Override
        public void ended(ObjectStore.Upload upload) {}
      };

  /** Called before an upload is asked for: one at this key may be ours from here on. */
  default void beginning(ObjectKey key) {}

  /** Called before the first part is sent. */
  void begun(ObjectStore.Upload upload);

  /** It was completed or aborted. */
  void ended(ObjectStore.Upload upload);
}
