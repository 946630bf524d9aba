package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link ProbeFolder} tries and leaves, whatever the access. */
public abstract class ProbeContract {
  @TempDir Path temporary;
  private Path source;
  private Path target;
  private FaultLayer layer;

  /** The access that the folders come from. */
  protected abstract FileAccess access();

  @BeforeEach
  void makeFolders() throws Exception {
    source = Files.createDirectory(temporary.resolve("source"));
    target = Files.createDirectory(temporary.resolve("target"));
    Files.writeString(source.resolve("a"), "hello");
    Sources.watch(source);
    layer = new FaultLayer(access());
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.startsWith("kept"));
    }
    assertThat(Files.getAttribute(source.resolve("a"), "unix:nlink")).isEqualTo(1);
  }

  private Tried tried(LinkMethod method) throws Exception {
    try (Folder from = layer.open(source);
        Folder to = layer.open(target);
        ProbeFolder scratch = ProbeFolder.make(to)) {
      return scratch.tryMethod(method, from, "a", source.resolve("a").toString(), from.stat("a"));
    }
  }

  @Test
  void inOneFolderOfFolders_linksAndCopiesWork_andNothingIsLeft() throws Exception {
    for (LinkMethod method : List.of(LinkMethod.HARDLINK, LinkMethod.SYMLINK, LinkMethod.COPY)) {
      assertThat(tried(method)).as(method.word()).isEqualTo(Tried.WORKS);
    }
    Tried reflink = tried(LinkMethod.REFLINK);
    assertThat(reflink.isWorking() || reflink.errno() == Errno.EOPNOTSUPP)
        .as(reflink.toString())
        .isTrue();
  }

  @Test
  void aRefusalIsToldByItsName_andNothingIsLeft() throws Exception {
    layer.failAlways(Operation.LINK, Errno.EXDEV);
    Tried tried = tried(LinkMethod.HARDLINK);
    assertThat(tried.state()).isEqualTo(Tried.State.REFUSED);
    assertThat(tried.errno()).isEqualTo(Errno.EXDEV);
    assertThat(tried.words()).contains("EXDEV");
  }

  @Test
  void aLinkThatIsACopy_isNotCalledALink() throws Exception {
    layer.linkingByCopy();
    assertThat(tried(LinkMethod.HARDLINK).state()).isEqualTo(Tried.State.UNKNOWN);
  }

  @Test
  void onAnOverlayALargeFileIsNotLinkedOnTrial() throws Exception {
    Sources.change(
        source.resolve("a"), () -> Files.write(source.resolve("a"), new byte[(1 << 20) + 1]));
    layer.on(new Volume("overlay", false, false, 1 << 30, 1 << 20));
    Tried tried = tried(LinkMethod.HARDLINK);
    assertThat(tried.words()).contains("overlay", "1.0 MiB");
    assertThat(layer.count(Operation.LINK)).isZero();
  }

  @Test
  void renamingNeverReplaces() throws Exception {
    try (Folder to = access().open(target);
        ProbeFolder scratch = ProbeFolder.make(to)) {
      assertThat(scratch.tryRename()).isEqualTo(Tried.WORKS);
      assertThat(scratch.foldsCase()).isEqualTo(Known.NO);
      assertThat(scratch.folder().abilities()).isNotNull();
    }
  }

  @Test
  void aRenameThatReplaces_isNotCalledWorking() throws Exception {
    layer.around(
        Operation.RENAME,
        (call, act) -> {
          Path folder = Path.of(call.path()).getParent();
          try {
            Files.move(
                folder.resolve("staging"),
                folder.resolve("final"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException e) {
            throw new Fault("rename", Errno.EIO, call.path(), e.getMessage());
          }
        });
    try (Folder to = layer.open(target);
        ProbeFolder scratch = ProbeFolder.make(to)) {
      assertThat(scratch.tryRename().isRefused()).isTrue();
      assertThat(scratch.tryRename().words()).contains("replaced");
    }
  }

  @Test
  void namesThatFold_areTold() throws Exception {
    layer.around(
        Operation.STAT,
        (call, act) -> {
          if (!call.name().startsWith(".ADMIX-DOCTOR-")) {
            act.run();
          }
        });
    try (Folder to = layer.open(target);
        ProbeFolder scratch = ProbeFolder.make(to)) {
      assertThat(scratch.foldsCase()).isEqualTo(Known.YES);
    }
  }

  @Test
  void whatAFailureLeavesInTheScratchFolder_goesWithIt() throws Exception {
    layer.failAt(Operation.DELETE_FILE, 1, Errno.EIO);
    assertThatThrownBy(() -> tried(LinkMethod.SYMLINK)).isInstanceOf(Fault.class);
  }

  @Test
  void theScratchFolderOfADeadProcess_isRemoved_anyOtherStays() throws Exception {
    String own;
    try (Folder to = access().open(target);
        ProbeFolder scratch = ProbeFolder.make(to)) {
      own = Path.of(scratch.folder().path()).getFileName().toString();
    }
    String machine = own.substring(0, own.indexOf('-', ".admix-doctor-".length()) + 1);
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path left = Files.createDirectories(target.resolve(machine + dead.pid() + "-1"));
    Files.createLink(left.resolve("file"), source.resolve("a"));
    Files.createDirectory(left.resolve("staging"));
    Path alive = Files.createDirectory(target.resolve(machine + "1-1"));
    Path ofAnother = Files.createDirectory(target.resolve(".admix-doctor-0-" + dead.pid() + "-1"));
    Path filled = Files.createDirectory(target.resolve(machine + dead.pid() + "-2"));
    Files.writeString(filled.resolve("somebody's"), "keep");
    assertThat(tried(LinkMethod.HARDLINK)).isEqualTo(Tried.WORKS);
    assertThat(left).doesNotExist();
    assertThat(alive).isDirectory();
    assertThat(ofAnother).isDirectory();
    assertThat(filled.resolve("somebody's")).hasContent("keep");
    Files.delete(filled.resolve("somebody's"));
    for (Path folder : List.of(alive, ofAnother, filled)) {
      Files.delete(folder);
    }
  }

  @Test
  void whereNothingCanBeMade_theFaultIsTold() throws Exception {
    layer.failAlways(Operation.MAKE_FOLDER, Errno.EROFS);
    assertThatThrownBy(() -> tried(LinkMethod.HARDLINK))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("EROFS");
  }
}
