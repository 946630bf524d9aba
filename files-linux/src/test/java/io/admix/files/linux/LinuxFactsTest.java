package io.admix.files.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Abilities;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Known;
import io.admix.files.Marks;
import io.admix.files.MountFacts;
import io.admix.files.Mounts;
import io.admix.files.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the system tells of mounts, flags and projects. */
class LinuxFactsTest {
  @RegisterExtension final Mounts mounts = Mounts.perTest();
  @TempDir Path folder;

  private static MountFacts mount(Path path) throws Fault {
    try (Folder open = FileAccess.best().open(path)) {
      return open.mount();
    }
  }

  @Test
  void aLineOfTheMountTable_isTakenApart() {
    String table =
        """
        36 35 98:0 /mnt1 /other rw,noatime master:1 - ext3 /dev/root rw,errors=continue
        361 35 98:0 /a\\040b /mnt/\\303\\244\\134 ro shared:2 master:1 - fuse.sshfs a@b:/ rw,prjquota
        """;
    assertThat(MountTable.find(table, 361))
        .contains(new MountTable.Line("/mnt/ä\\", "/a b", "a@b:/", "fuse.sshfs", "ro,rw,prjquota"));
    assertThat(MountTable.find(table, 36).orElseThrow().point()).isEqualTo("/other");
    assertThat(MountTable.find(table, 3)).isEmpty();
  }

  @Test
  void everyMountOfOneDevice_hasItsOwnId() throws Exception {
    Path disk = mounts.disk("ext4", "16M");
    Path bind = mounts.bind(Files.createDirectory(disk.resolve("inner")));
    MountFacts first = mount(disk);
    MountFacts second = mount(bind);
    assertThat(first.device()).isEqualTo(second.device());
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(first.point()).isEqualTo(disk.toString());
    assertThat(second.point()).isEqualTo(bind.toString());
    assertThat(second.root()).isEqualTo("/inner");
    assertThat(second.type()).isEqualTo("ext4");
    assertThat(second.source()).startsWith("/dev/loop");
    assertThat(second.has("rw")).isTrue();
    assertThat(second.has("r")).isFalse();
    assertThat(second.nameMax()).isEqualTo(255);
  }

  @Test
  void flags_areRead() throws Exception {
    Path disk = mounts.disk("ext4", "16M");
    Files.writeString(disk.resolve("a"), "x");
    Tools.run("chattr", "+i", disk.resolve("a").toString());
    try (Folder root = FileAccess.best().open(disk)) {
      assertThat(root.marks("a")).isEqualTo(new Marks(Known.YES, Known.YES, Known.NO, 0, Known.NO));
      assertThat(root.marks("a").forbidsLinks()).isTrue();
      assertThat(root.marks("none")).isEqualTo(Marks.UNKNOWN);
    } finally {
      Tools.run("chattr", "-i", disk.resolve("a").toString());
    }
  }

  @Test
  void projects_areRead() throws Exception {
    Path disk = mounts.disk("xfs", "300M");
    Path inner = Files.createDirectory(disk.resolve("inner"));
    Tools.run("chattr", "-p", "7", "+P", inner.toString());
    Files.writeString(inner.resolve("a"), "x");
    try (Folder root = FileAccess.best().open(disk);
        Folder below = root.open("inner")) {
      assertThat(root.marks().project()).isZero();
      assertThat(root.marks().inheritsProject()).isEqualTo(Known.NO);
      assertThat(below.marks().project()).isEqualTo(7);
      assertThat(below.marks().inheritsProject()).isEqualTo(Known.YES);
      assertThat(below.marks("a").project()).isEqualTo(7);
    }
  }

  @Test
  void theCallsOfThisKernel_areTold_andNothingIsLeft() throws Exception {
    try (Folder open = FileAccess.best().open(folder)) {
      assertThat(open.abilities()).isEqualTo(new Abilities(Known.YES, Known.YES, Known.YES));
    }
    assertThat(folder).isEmptyDirectory();
    Resolver minimal = Resolver.minimal(Abi.current().orElseThrow());
    try (Folder open = new LinuxAccess(minimal).open(folder)) {
      assertThat(open.abilities().resolvesBeneath()).isEqualTo(Known.NO);
    }
  }
}
