package io.admix.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Values for an IN list, in parcels of one size, so that there is one text of SQL. */
final class Parcels {
  static final int SIZE = 64;
  static final String MARKS = String.join(", ", Collections.nCopies(SIZE, "?"));

  private Parcels() {}

  /** The last one is filled up with what it has already. */
  static List<String[]> of(Collection<String> values) {
    List<String> all = List.copyOf(values);
    List<String[]> parcels = new ArrayList<>();
    for (int from = 0; from < all.size(); from += SIZE) {
      String[] parcel = new String[SIZE];
      Arrays.fill(parcel, all.get(from));
      for (int i = 0; i < SIZE && from + i < all.size(); i++) {
        parcel[i] = all.get(from + i);
      }
      parcels.add(parcel);
    }
    return parcels;
  }
}
