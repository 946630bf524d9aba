package io.admix.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a folder of small files: {@code Trees ROOT FOLDERS FILES_PER_FOLDER BYTES}. */
public final class Trees {
  private Trees() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    int folders = Integer.parseInt(args[1]);
    int files = Integer.parseInt(args[2]);
    byte[] content = new byte[Integer.parseInt(args[3])];
    for (int folder = 0; folder < folders; folder++) {
      Path made = Files.createDirectories(root.resolve("folder-%05d".formatted(folder)));
      for (int file = 0; file < files; file++) {
        Files.write(made.resolve("file-%05d-%07d.txt".formatted(folder, file)), content);
      }
    }
  }
}
