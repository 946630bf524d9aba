package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.fuzz.Damage;
import io.admix.engine.report.DamagedReportException;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.DamagedManifestException;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestReader;
import io.admix.engine.verify.ManifestWriter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that is not the published one is refused by all that reads it; nothing is deleted. */
class DamagedManifestTest {
  @TempDir Path folder;
  private Lab lab;
  private Recipe recipe;
  private Path manifest;
  private byte[] whole;
  private Set<String> published;

  @BeforeEach
  void publish() throws Exception {
    lab = new Lab(folder.toRealPath());
    recipe = lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.FAIL, lab.source("a", 6, 5));
    RunReport report = lab.run(recipe);
    manifest = new StateFolder(lab.settings().stateDir()).manifest(report.taskId());
    whole = Files.readAllBytes(manifest);
    published = Lab.files(lab.target());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void everyChange_isRefusedWithFileReasonAndAdvice() throws Exception {
    for (Damage damage : (Iterable<Damage>) Damage.of(whole)::iterator) {
      Files.write(manifest, damage.bytes());
      assertThatThrownBy(this::readAll)
          .as(damage.what())
          .isInstanceOf(DamagedManifestException.class)
          .hasMessageStartingWith("The manifest " + manifest + " cannot be used: ")
          .hasMessageContaining("Nothing was changed.");
    }
    Files.write(manifest, whole);
    readAll();
  }

  @Test
  void verifyPrintAndRemove_refuseIt_andTheMixStays() throws Exception {
    for (Damage damage : Damage.some(whole, 15)) {
      Files.write(manifest, damage.bytes());
      assertRefused(damage.what());
    }
    Files.write(manifest, whole);
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
    assertThat(
            datasets().remove("mix", DatasetService.Files.DELETE, DatasetService.Progress.SILENT))
        .isEqualTo(5);
    assertThat(Lab.files(lab.root.resolve("data"))).hasSize(6);
  }

  @Test
  void oneThatWasEditedAndSealedAgain_isNotTheOneThatTheCatalogueKnows() throws Exception {
    try (ManifestReader reader = ManifestReader.open(manifest);
        OutputStream out = Files.newOutputStream(lab.root.resolve("edited"))) {
      ManifestWriter writer = new ManifestWriter(out, reader.header());
      for (Optional<ManifestEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        if (writer.files() < 4) {
          writer.add(e.get());
        }
      }
      writer.finish();
    }
    Files.move(
        lab.root.resolve("edited"), manifest, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    readAll();
    assertRefused("edited and sealed again");
  }

  @Test
  void thatOfAnotherMix_isRefused() throws Exception {
    Recipe second =
        new Recipe(
            "second",
            7L,
            recipe.total(),
            "out/second",
            recipe.layout(),
            recipe.link(),
            recipe.onShortage(),
            recipe.onError(),
            recipe.sources());
    RunReport other = lab.run(second);
    Files.copy(
        new StateFolder(lab.settings().stateDir()).manifest(other.taskId()),
        manifest,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertRefused("of another mix");
  }

  @Test
  void anOlderOrNewerVersion_isNamed() throws Exception {
    String text = Files.readString(manifest);
    for (int version : new int[] {0, 2, 10}) {
      Files.writeString(
          manifest, text.replace("{\"admixManifest\":1,", "{\"admixManifest\":" + version + ","));
      assertThatThrownBy(() -> lab.mixes().verify("mix"))
          .isInstanceOf(DamagedManifestException.class)
          .hasMessageContaining("of version " + version + ", this Admix reads version 1");
      assertRefused("version " + version);
    }
  }

  @Test
  void theSameRecipe_isStillAlreadyPublished_andTouchesNothing() throws Exception {
    Files.write(manifest, new byte[] {1, 2, 3});
    RunReport again = lab.run(recipe);
    assertThat(again.unchanged()).isTrue();
    assertThat(Lab.files(lab.target())).isEqualTo(published);
    assertThat(manifest).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void aReportThatIsDamagedInTheCatalogue_isToldAsSuch_andTheMixStays() throws Exception {
    for (String damaged :
        new String[] {"", "{", "{}", "[1]", "null", "{\"target\":7,\"sources\":[]}"}) {
      lab.sql("UPDATE {admix}tasks SET report = '%s'".formatted(damaged));
      for (ThrowingCallable use :
          new ThrowingCallable[] {() -> lab.run(recipe), () -> lab.mixes().report(lab.task())}) {
        assertThatThrownBy(use)
            .as(damaged)
            .isInstanceOf(DamagedReportException.class)
            .hasMessageContaining("cannot be read")
            .hasMessageContaining("admix verify");
      }
    }
    assertThat(Lab.files(lab.target())).isEqualTo(published);
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
  }

  private void assertRefused(String what) throws Exception {
    for (ThrowingCallable use :
        new ThrowingCallable[] {
          () -> lab.mixes().verify("mix"),
          () -> datasets().manifest("mix", new ByteArrayOutputStream()),
          () ->
              datasets().remove("mix", DatasetService.Files.DELETE, DatasetService.Progress.SILENT)
        }) {
      assertThatThrownBy(use)
          .as(what)
          .isInstanceOf(DamagedManifestException.class)
          .hasMessageContaining(manifest.toString());
    }
    assertThat(Lab.files(lab.target())).as(what).isEqualTo(published);
    assertThat(lab.catalog.datasets().find("mix")).as(what).isPresent();
  }

  private DatasetService datasets() {
    return DatasetService.of(lab.catalog, lab.access, lab.settings().stateDir(), ZoneOffset.UTC);
  }

  private void readAll() throws Exception {
    try (ManifestReader reader = ManifestReader.open(manifest)) {
      while (reader.next().isPresent()) {
        // Only read.
      }
    }
  }
}
