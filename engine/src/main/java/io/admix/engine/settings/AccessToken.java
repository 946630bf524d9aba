package io.admix.engine.settings;

import io.admix.engine.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one secret of a service in mode {@code token}: given by the environment, else made at the
 * first start and kept in the home, where its owner alone may read it.
 */
public final class AccessToken {
  /** Its name below the home. */
  public static final String FILE = "server-token";

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_.~+/=-]{22,200}");
  private static final int BYTES = 32;

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /** The token itself: to compare with, and for the URL that signs in. */
  public String text() {
    return text;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AccessToken";
  }

  /** Whether a text may be a token: long enough not to be guessed, and fit for a header. */
  static boolean isWellFormed(String text) {
    return WELL_FORMED.matcher(text).matches();
  }

  /**
   * The token of a service with these settings, made where there is none yet.
   *
   * @throws RefusedException when its file cannot be made or read, is damaged, or others may read
   *     it
   */
  public static AccessToken of(Settings settings) throws RefusedException {
    String given = settings.server().security().token();
    if (given != null) {
      return new AccessToken(given);
    }
    Path file = settings.home().resolve(FILE);
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      refuseOpenFile(file);
      String text = Files.readString(file).strip();
      if (!isWellFormed(text)) {
        throw new RefusedException(
            "The token in " + file + " is damaged. Remove the file; the next start makes another.");
      }
      return new AccessToken(text);
    } catch (IOException e) {
      throw new RefusedException(
          "The token file " + file + " cannot be read or made: " + e.getMessage() + ".");
    }
  }

  /** Whole or not at all, and never over another's. */
  private static void make(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    Path part =
        Files.createTempFile(
            file.getParent(),
            "." + FILE,
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(part, text.getBytes(StandardCharsets.US_ASCII));
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      // Another service of this home was first: its token counts.
    } catch (UnsupportedOperationException e) {
      Files.move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void refuseOpenFile(Path file) throws IOException, RefusedException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      throw new RefusedException(
          "The token file "
              + file
              + " may be read by others (mode "
              + PosixFilePermissions.toString(permissions)
              + "), so it is no secret. Remove it, so that the next start makes another, or: chmod 600 "
              + file);
    }
  }
}
