package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Receipt;
import io.admix.catalog.Task;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.fuzz.Damage;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.verify.DamagedManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an interrupted task left of its records is damaged: made again, never guessed at. */
class DamagedRecordsTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    // One row is a batch: each run is a transaction of its own.
    lab.copy = new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void everyChangeOfAReceipt_isRefused() throws Exception {
    crash(CrashPoints.Point.ALL_PLACED, LinkMethod.HARDLINK);
    for (Receipt receipt : receipts()) {
      assertThat(ReceiptDetails.of(receipt).results()).isNotEmpty();
      byte[] details = receipt.details();
      for (int at = 0; at < details.length; at++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] changed = details.clone();
          changed[at] ^= (byte) (1 << bit);
          assertDamaged(receipt, changed);
        }
        assertDamaged(receipt, java.util.Arrays.copyOf(details, at));
      }
      assertDamaged(receipt, java.util.Arrays.copyOf(details, details.length + 1));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkMethod.class,
      names = {"HARDLINK", "SYMLINK", "COPY"})
  void runsWithADamagedReceipt_areDoneAgain(LinkMethod method) throws Exception {
    Recipe recipe = crash(CrashPoints.Point.ALL_PLACED, method);
    Task task = lab.task();
    for (Receipt receipt : receipts()) {
      if (receipt.run() % 2 == 0) {
        byte[] details = receipt.details();
        details[details.length / 2] ^= 4;
        store(receipt.run(), details);
      }
    }
    assertThatThrownBy(() -> lab.mixes().report(task))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run 0")
        .hasMessageContaining("Resume it");
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 60);
    assertThat(report.methods().get(method).files()).isEqualTo(60);
  }

  @Test
  void aReceiptWhoseCountsAreOthers_isDoneAgain() throws Exception {
    Recipe recipe = crash(CrashPoints.Point.ALL_PLACED, LinkMethod.COPY);
    lab.sql("UPDATE {admix}receipts SET files = files - 1 WHERE run = 1");
    lab.assertPublished(lab.run(recipe), 60);
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"PUBLISHING_STARTED", "RENAMED"})
  void aDamagedReportOfAnInterruptedPublish_isCountedAgain(CrashPoints.Point point)
      throws Exception {
    Recipe recipe = crash(point, LinkMethod.HARDLINK);
    Path file = new StateFolder(lab.settings().stateDir()).report(lab.task().id());
    byte[] whole = Files.readAllBytes(file);
    RunReport saved = SavedReport.read(file).orElseThrow();
    for (Damage damage : Damage.some(whole, 300)) {
      Files.write(file, damage.bytes());
      assertThat(SavedReport.read(file)).as(damage.what()).isEmpty();
    }
    Files.writeString(file, Files.readString(file).replace("\"files\":60", "\"files\":61"));
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 60);
    assertThat(report.sources()).isEqualTo(saved.sources());
    assertThat(report.methods()).isEqualTo(saved.methods());
    assertThat(lab.mixes().report(lab.task()).target()).isEqualTo(saved.target());
  }

  @Test
  void aDamagedManifestOfAnInterruptedPublish_isWrittenAgain() throws Exception {
    Recipe recipe = crash(CrashPoints.Point.PUBLISHING_STARTED, LinkMethod.COPY);
    Path manifest = new StateFolder(lab.settings().stateDir()).manifest(lab.task().id());
    byte[] whole = Files.readAllBytes(manifest);
    byte[] damaged = whole.clone();
    damaged[whole.length / 3] ^= 1;
    Files.write(manifest, damaged);
    lab.assertPublished(lab.run(recipe), 60);
    assertThat(manifest).hasBinaryContent(whole);
  }

  @Test
  void aDamagedManifestThatReceiptsDoNotGiveAgain_stopsThePublish() throws Exception {
    Recipe recipe = crash(CrashPoints.Point.PUBLISHING_STARTED, LinkMethod.COPY);
    Path manifest = new StateFolder(lab.settings().stateDir()).manifest(lab.task().id());
    byte[] whole = Files.readAllBytes(manifest);
    Files.write(manifest, new byte[0]);
    lab.sql("UPDATE {admix}tasks SET manifest_sha256 = 'another'");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining(manifest.toString())
        .hasMessageContaining("Nothing was published");
    assertThat(lab.target()).doesNotExist();
    assertThat(Lab.files(lab.staging(lab.task()))).hasSize(60);
    assertThat(manifest).hasBinaryContent(whole);
    assertThatThrownBy(() -> lab.mixes().verify("mix"))
        .isNotInstanceOf(DamagedManifestException.class);
  }

  private Recipe crash(CrashPoints.Point point, LinkMethod method) throws Exception {
    Recipe recipe = lab.recipe(Layout.BY_SOURCE, method, OnError.FAIL, lab.source("a", 80, 60));
    MixService dying = lab.dyingAt(point);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    return recipe;
  }

  private List<Receipt> receipts() {
    List<Receipt> receipts = new ArrayList<>();
    lab.catalog.tasks().receipts(lab.task().id(), receipts::add);
    assertThat(receipts).hasSizeGreaterThan(3);
    return receipts;
  }

  private void store(long run, byte[] details) throws Exception {
    String hex = HexFormat.of().formatHex(details);
    assertThat(
            lab.sql(
                "UPDATE {admix}receipts SET details = x'%s' WHERE run = %d".formatted(hex, run)))
        .isEqualTo(1);
  }

  private static void assertDamaged(Receipt receipt, byte[] details) {
    Receipt changed =
        new Receipt(
            receipt.run(),
            receipt.files(),
            receipt.failures(),
            receipt.bytes(),
            receipt.bootId(),
            details);
    assertThatThrownBy(() -> ReceiptDetails.of(changed))
        .isInstanceOf(DamagedReceiptException.class)
        .hasMessageStartingWith("run " + receipt.run() + ": ");
  }
}
