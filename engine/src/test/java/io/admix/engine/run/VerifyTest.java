package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.engine.RefusedException;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.VerifyReport;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void eachKindOfProblem_isCountedOnce() throws Exception {
    mix(LinkMethod.COPY);
    Files.delete(lab.target().resolve("a/d00/f0000.txt"));
    Files.writeString(lab.target().resolve("a/d00/f0001.txt"), "other bytes, other length");
    Files.delete(lab.sourceFile("a", 2));
    Files.writeString(lab.sourceFile("a", 3), "changed at the source");
    Sources.changed(lab.sourceFile("a", 2));
    Sources.changed(lab.sourceFile("a", 3));
    Files.writeString(lab.target().resolve("a/extra.txt"), "new");
    Files.createDirectories(lab.target().resolve("deep/er"));
    Files.createSymbolicLink(lab.target().resolve("deep/er/link"), Path.of("nowhere"));
    VerifyReport report = lab.mixes().verify("mix");
    assertThat(report)
        .extracting("files", "ok", "drifted", "missing", "damaged", "extra")
        .containsExactly(30L, 26L, 2L, 1L, 1L, 2L);
    assertThat(report.problems())
        .extracting(p -> p.kind() + " " + p.path())
        .containsExactlyInAnyOrder(
            "missing a/d00/f0000.txt",
            "damaged a/d00/f0001.txt",
            "drifted a/d00/f0002.txt",
            "drifted a/d00/f0003.txt",
            "extra a/extra.txt",
            "extra deep/er/link");
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void anEditThroughAHardLink_isDamage_aReplacedSourceIsDrift() throws Exception {
    mix(LinkMethod.HARDLINK);
    Files.writeString(lab.sourceFile("a", 0), "edits the mix too");
    Files.delete(lab.sourceFile("a", 1));
    Files.writeString(lab.sourceFile("a", 1), "a new file of that name");
    Sources.changed(lab.sourceFile("a", 0));
    Sources.changed(lab.sourceFile("a", 1));
    VerifyReport report = lab.mixes().verify("mix");
    assertThat(report).extracting("ok", "drifted", "damaged").containsExactly(28L, 1L, 1L);
  }

  @Test
  void aSymbolicLinkThatPointsElsewhere_isDamage_aGoneSourceIsDrift() throws Exception {
    mix(LinkMethod.SYMLINK);
    Path link = lab.target().resolve("a/d00/f0000.txt");
    Files.delete(link);
    Files.createSymbolicLink(link, lab.sourceFile("a", 5));
    Files.delete(lab.sourceFile("a", 1));
    Sources.changed(lab.sourceFile("a", 1));
    VerifyReport report = lab.mixes().verify("mix");
    assertThat(report).extracting("ok", "drifted", "damaged").containsExactly(28L, 1L, 1L);
  }

  @Test
  void aDatasetWhoseFolderIsGone_isAllMissing() throws Exception {
    mix(LinkMethod.HARDLINK);
    Files.move(lab.target(), lab.root.resolve("away"));
    assertThat(lab.mixes().verify("mix").missing()).isEqualTo(30);
  }

  @Test
  void aManifestThatWasEdited_isRefused() throws Exception {
    RunReport report = mix(LinkMethod.HARDLINK);
    Path manifest = new StateFolder(lab.settings().stateDir()).manifest(report.taskId());
    Files.writeString(manifest, Files.readString(manifest).replace("f0007", "f0008"));
    assertThatThrownBy(() -> lab.mixes().verify("mix"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not those that were written");
  }

  @Test
  void anUnknownDataset_isRefused() {
    assertThatThrownBy(() -> lab.mixes().verify("nothing")).isInstanceOf(RefusedException.class);
  }

  private RunReport mix(LinkMethod method) throws Exception {
    return lab.run(lab.recipe(Layout.BY_SOURCE, method, OnError.FAIL, lab.source("a", 30, 30)));
  }
}
