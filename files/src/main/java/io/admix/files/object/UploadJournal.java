package io.admix.files.object;

/**
 * Keeps which uploads in parts were begun, so that after a crash only ours are aborted: a store
 * does not tell who began one. An upload whose beginning was not answered is in no journal; a rule
 * of the bucket (AbortIncompleteMultipartUpload) ends it.
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

  /** Called before the first part is sent. */
  void begun(ObjectStore.Upload upload);

  /** It was completed or aborted. */
  void ended(ObjectStore.Upload upload);
}
