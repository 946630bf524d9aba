package io.admix.files.object;

/** Found by ServiceLoader; opens stores. */
public interface ObjectStoreProvider {
  /**
   * Opens a store. No request is made yet.
   *
   * @throws ObjectFault CREDENTIALS or WRONG_REGION when there are none to be found
   */
  ObjectStore open(ObjectSettings settings) throws ObjectFault;
}
