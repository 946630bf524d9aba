package io.admix.catalog;

import java.util.Optional;

/** Short texts by name, on which all processes of one catalogue agree. */
public interface Facts {

  /**
   * The text of that name.
   *
   * @throws CatalogException when the database does not answer
   */
  Optional<String> find(String name);

  /** The text of that name: this one, where there was none; else what another process agreed on. */
  String agree(String name, String value);
}
