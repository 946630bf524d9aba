package io.admix.files;

/**
 * Which calls work that make resolving and publishing safe in one step; each has another way where
 * it does not. UNKNOWN where the access does not use it.
 *
 * @param resolvesBeneath openat2: a whole path is opened in one call; else segment by segment
 * @param renamesWithoutReplacing renameat2 with RENAME_NOREPLACE; else the name is claimed by mkdir
 *     first
 * @param syncsVolume syncfs: one call makes a whole volume durable; else file by file
 */
public record Abilities(Known resolvesBeneath, Known renamesWithoutReplacing, Known syncsVolume) {

  public static final Abilities UNKNOWN =
      new Abilities(Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN);
}
