package io.admix.engine.verify;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.RealFiles;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a published dataset with its manifest, one file after the other, and its folder with
 * what the manifest knows. Identity is inode, size and modification time; the device is not
 * compared, since it may change over reboots. Bytes are not read.
 */
public final class Verifier {
  private static final int PROBLEMS_MAX = 1_000;

  private final FileAccess access;
  private final Path scratch;

  /**
   * @param scratch an empty folder for the set of known paths
   */
  public Verifier(FileAccess access, Path scratch) {
    this.access = access;
    this.scratch = scratch;
  }

  /**
   * @param dataset name, for the report
   * @param folder of the published dataset
   * @param manifest of it, checked before
   * @param files that it holds
   * @throws IOException when the manifest cannot be used, or a folder cannot be read
   */
  public VerifyReport verify(String dataset, Path folder, Path manifest, long files)
      throws IOException, InterruptedException {
    try (Check check = new Check(files, manifest)) {
      return check.run(dataset, folder);
    }
  }

  /** One verification. */
  private final class Check implements AutoCloseable {
    private final Path manifest;
    private final PathSet known;
    private final RealFiles realFiles = new RealFiles(access);
    private final List<VerifyReport.Problem> problems = new ArrayList<>();
    private final Map<String, FolderCursor> roots = new HashMap<>();
    private final Map<String, String> rootPaths = new HashMap<>();
    private long files;
    private long ok;
    private long drifted;
    private long missing;
    private long damaged;
    private long extra;

    Check(long files, Path manifest) throws IOException {
      this.manifest = manifest;
      this.known = new PathSet(scratch.resolve("known-paths"), files);
    }

    VerifyReport run(String dataset, Path folder) throws IOException, InterruptedException {
      try (ManifestReader reader = ManifestReader.open(manifest);
          FolderCursor published = new FolderCursor(access, folder)) {
        for (ManifestHeader.Source source : reader.header().sources()) {
          roots.put(source.name(), new FolderCursor(access, Path.of(source.root())));
          rootPaths.put(source.name(), source.root());
        }
        for (Optional<ManifestEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
          look(next.get(), published);
          if (Thread.interrupted()) {
            throw new InterruptedException("verify was interrupted");
          }
        }
      }
      lookForExtra(folder);
      return new VerifyReport(
          dataset, files, ok, drifted, missing, damaged, extra, List.copyOf(problems));
    }

    private void look(ManifestEntry entry, FolderCursor published) throws IOException {
      files++;
      known.add(entry.path());
      Stat stat = published.stat(entry.folder(), entry.name());
      if (stat == null) {
        missing++;
        tell("missing", entry.path(), "published as " + entry.method().word() + ", now gone");
        return;
      }
      String damage = damage(entry, stat, published);
      if (!damage.isEmpty()) {
        damaged++;
        tell("damaged", entry.path(), damage);
        return;
      }
      String drift = drift(entry);
      if (drift.isEmpty()) {
        ok++;
      } else {
        drifted++;
        tell("drifted", entry.path(), drift);
      }
    }

    private String damage(ManifestEntry entry, Stat stat, FolderCursor published)
        throws IOException {
      boolean isLink = entry.method() == LinkMethod.SYMLINK;
      Stat.Kind kind = isLink ? Stat.Kind.SYMLINK : Stat.Kind.REGULAR;
      if (stat.kind() != kind) {
        return "is " + stat.kind() + ", was " + kind;
      }
      if (stat.inode() != entry.inode()) {
        return "is another file: inode %d, was %d".formatted(stat.inode(), entry.inode());
      }
      if (isLink) {
        String wanted = entry.real() == null ? written(entry) : entry.real();
        String text = published.readLink(entry.folder(), entry.name());
        return wanted.equals(text) ? "" : "points to %s, was made for %s".formatted(text, wanted);
      }
      if (stat.size() != entry.size()) {
        return "has %,d bytes, had %,d".formatted(stat.size(), entry.size());
      }
      return stat.modifiedNs() == entry.modifiedNs() ? "" : "was modified since it was published";
    }

    /** Absolute path of the source file as its source has it. */
    private String written(ManifestEntry entry) {
      String root = String.valueOf(rootPaths.get(entry.source()));
      return root.endsWith("/") ? root + entry.from() : root + "/" + entry.from();
    }

    private String drift(ManifestEntry entry) throws IOException {
      FolderCursor root = roots.get(entry.source());
      if (root == null) {
        return "source '" + entry.source() + "' is not in the manifest's header";
      }
      String real = entry.real();
      if (real != null && !leadsTo(real, written(entry))) {
        return "its source %s was a symbolic link, and leads elsewhere now or nowhere"
            .formatted(entry.from());
      }
      Stat stat = real == null ? root.stat(entry.fromFolder(), entry.fromName()) : realStat(real);
      if (stat == null) {
        return "its source %s is gone".formatted(entry.from());
      }
      boolean isSame =
          stat.isRegular()
              && (stat.inode() == entry.sourceInode() || isLinked(entry, stat))
              && stat.size() == entry.size()
              && stat.modifiedNs() == entry.sourceModifiedNs();
      return isSame
          ? ""
          : "its source %s is another file now, or was modified".formatted(entry.from());
    }

    private static boolean leadsTo(String real, String written) {
      try {
        return RealFiles.resolve(Path.of(written)).toString().equals(real);
      } catch (Fault e) {
        return false;
      }
    }

    private @Nullable Stat realStat(String real) throws Fault {
      return FolderCursor.openOrNull(() -> realFiles.folderOf(real).stat(RealFiles.nameOf(real)));
    }

    /** An overlay gives a source another inode when it is linked: that of the link. */
    private static boolean isLinked(ManifestEntry entry, Stat source) {
      return entry.method() == LinkMethod.HARDLINK && source.inode() == entry.inode();
    }

    private void lookForExtra(Path folder) throws IOException {
      try (Folder root = access.open(folder)) {
        lookForExtra(root, "");
      } catch (Fault e) {
        if (e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
    }

    /** Holds the folder names of one level at a time. */
    private void lookForExtra(Folder folder, String path) throws Fault {
      List<String> folders = new ArrayList<>();
      folder.list((name, kind) -> {
        if (name == null) {
          extra++;
          tell("extra", path + "(a name that is no UTF-8)", "not in the manifest");
        } else if (isFolder(folder, name, kind)) {
          folders.add(name);
        } else if (!known.contains(path + name)) {
          extra++;
          tell("extra", path + name, "not in the manifest");
        }
      });
      for (String name : folders) {
        try (Folder below = folder.open(name)) {
          lookForExtra(below, path + name + "/");
        }
      }
    }

    /** Some file systems do not tell kinds while listing. */
    private static boolean isFolder(Folder folder, String name, Stat.Kind kind) throws Fault {
      return kind == Stat.Kind.DIRECTORY
          || kind == Stat.Kind.OTHER && folder.stat(name).kind() == Stat.Kind.DIRECTORY;
    }

    private void tell(String kind, String path, String detail) {
      if (problems.size() < PROBLEMS_MAX) {
        problems.add(new VerifyReport.Problem(kind, path, detail));
      }
    }

    @Override
    public void close() throws IOException {
      roots.values().forEach(FolderCursor::close);
      realFiles.close();
      known.close();
    }
  }

  /**
   * A root and the folder below it in which the last file was. What is not there is null, not an
   * error.
   */
  private static final class FolderCursor implements AutoCloseable {
    private final @Nullable Folder root;
    private @Nullable Folder current;
    private @Nullable String name;

    FolderCursor(FileAccess access, Path path) throws Fault {
      root = openOrNull(() -> access.open(path));
    }

    @Nullable Stat stat(String folder, String file) throws Fault {
      Folder at = at(folder);
      return at == null ? null : openOrNull(() -> at.stat(file));
    }

    String readLink(String folder, String file) throws Fault {
      Folder at = at(folder);
      return at == null ? "" : at.readLink(file);
    }

    private @Nullable Folder at(String folder) throws Fault {
      if (!folder.equals(name)) {
        close(current);
        Folder from = root;
        current = from == null ? null : openOrNull(() -> from.open(folder));
        name = folder;
      }
      return current;
    }

    private static <T> @Nullable T openOrNull(Opening<T> opening) throws Fault {
      try {
        return opening.open();
      } catch (Fault e) {
        return switch (e.errno()) {
          case ENOENT, ENOTDIR, ELOOP -> null;
          default -> throw e;
        };
      }
    }

    private static void close(@Nullable Folder folder) {
      if (folder != null) {
        folder.close();
      }
    }

    @Override
    public void close() {
      close(current);
      close(root);
    }

    @FunctionalInterface
    private interface Opening<T> {
      T open() throws Fault;
    }
  }
}
