package io.admix.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * What a kill within an operation leaves of it, for those that take several system calls: a copy
 * writes a temporary, publishes it and removes it; a folder's rename without {@code
 * RENAME_NOREPLACE} claims the new name by an empty folder.
 */
record Halves(FaultLayer.Call call) implements World.Half {
  @Override
  public void leave(World.Instant instant) throws IOException {
    Path temporary = Path.of(call.here().path()).resolve(Temporaries.newName());
    switch (call.operation()) {
      case COPY, REFLINK -> {
        byte[] source = Files.readAllBytes(Path.of(call.there().path(), call.otherName()));
        int length = instant == World.Instant.BEGUN ? source.length / 2 : source.length;
        Files.write(temporary, Arrays.copyOf(source, length));
      }
      case RENAME -> claim(instant);
      default -> {}
    }
  }

  private void claim(World.Instant instant) throws IOException {
    Path from = Path.of(call.here().path(), call.name());
    Path claimed = Path.of(call.there().path(), call.otherName());
    // A second crash in the same rename finds the claim of the first.
    boolean isNew = Files.notExists(claimed, LinkOption.NOFOLLOW_LINKS);
    if (instant == World.Instant.BEGUN && Files.isDirectory(from) && isNew) {
      Files.createDirectory(
          claimed,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-wx------")));
    }
  }
}
