package io.admix.catalog;

/** A task that the actor sees is called so. Nothing was changed. */
public final class TaskNameTakenException extends CatalogException {
  public TaskNameTakenException(String message) {
    super(message);
  }
}
