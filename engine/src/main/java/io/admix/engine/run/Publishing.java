package io.admix.engine.run;

import io.admix.catalog.Publication;
import io.admix.catalog.Task;
import io.admix.core.plan.PlanEntry;
import io.admix.engine.flow.Handover;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestHeader;
import io.admix.engine.verify.ManifestWriter;
import io.admix.engine.verify.Manifests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a placed dataset visible, in the one order that survives a crash at any instant: manifest,
 * sync of the volume, commit of PUBLISHING, rename that replaces nothing, sync of the parent, and
 * one transaction that completes the task.
 */
final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
  private static final int FORGET_AT_ONCE = 500;
  private static final String WITHOUT_LINEAGE =
      "The lineage could not be recorded in the database (the log tells why); the dataset is whole, and its manifest tells where each file came from.";

  private final Running running;
  private final SealedPlan plan;

  Publishing(Running running, SealedPlan plan) {
    this.running = running;
    this.plan = plan;
  }

  /**
   * Publishes what was placed. Until PUBLISHING is committed a crash or a cancel leaves a task that
   * is placing.
   */
  RunReport publish(Growing growing, RunReport report) throws IOException {
    tell("writing the manifest");
    running.requireLease();
    String sha256 = writeManifest(growing.identity());
    running.clock().hasManifest();
    RunReport saved = Reports.timed(report, running.clock().phases());
    SavedReport.write(running.services().state().report(running.id()), saved);
    running.crashPoint(CrashPoints.Point.MANIFEST_WRITTEN);
    tell("syncing the volume");
    sync(growing);
    running.clock().hasSynced();
    running.crashPoint(CrashPoints.Point.VOLUME_SYNCED);
    running.keeper().check();
    running.halt().check();
    if (!running.tasks().startPublishing(running.lease(), sha256)) {
      throw new HaltedException(Halt.Kind.CANCELLED, false, "cancelled");
    }
    running.crashPoint(CrashPoints.Point.PUBLISHING_STARTED);
    tell("publishing");
    // From here on neither stop nor cancel is heard, but a runner that may have been replaced must
    // not rename.
    running.requireLease();
    growing.publish(running.services().state().manifest(running.id()), running::requireLease);
    running.crashPoint(CrashPoints.Point.RENAMED);
    requireAtItsPlace();
    running.clock().hasPublished();
    return complete(Reports.timed(report, running.clock().phases()));
  }

  /**
   * A handle follows its folder wherever that was moved: what is made visible must stand under the
   * path that the catalogue tells.
   */
  private void requireAtItsPlace() throws IOException {
    Task now = running.tasks().byId(running.id()).orElse(running.task());
    if (!MixTarget.of(running.services(), now).isPublished(now)) {
      throw HaltedException.failed(
          true,
          "The folder above %s was moved or replaced while the dataset was made: the files are in the folder that was there before, and nothing is published. Put it back in its place, then resume; nothing was deleted."
              .formatted(now.targetPath()));
    }
  }

  /**
   * After a failed sync the kernel counts pages as clean that never reached the disk, and a second
   * sync succeeds: every receipt is forgotten, so that every file is looked at and every copy made
   * again.
   */
  private void sync(Growing growing) {
    try {
      growing.makeDurable();
    } catch (IOException e) {
      running.requireLease();
      forgetReceipts();
      throw HaltedException.failed(
          true,
          "What was placed could not be made durable: %s. Nothing is published, and no file counts as placed. Check the device, then resume: links are looked at again, copies are made again."
              .formatted(e.getMessage()));
    }
  }

  private void forgetReceipts() {
    List<Long> runs = new ArrayList<>();
    running
        .tasks()
        .receipts(
            running.id(),
            receipt -> {
              runs.add(receipt.run());
              if (runs.size() == FORGET_AT_ONCE) {
                forget(runs);
              }
            });
    forget(runs);
  }

  private void forget(List<Long> runs) {
    running.tasks().forget(running.lease(), runs.stream().mapToLong(Long::longValue).toArray());
    runs.clear();
  }

  /**
   * Goes on where a crash ended an earlier publish. A manifest that was damaged since is written
   * again out of plan and receipts.
   *
   * @throws HaltedException when neither the final place nor staging holds the folder that was
   *     placed; nothing is deleted
   */
  RunReport recover(RunReport report) throws IOException {
    Task task = running.task();
    MixTarget target = MixTarget.of(running.services(), task);
    restoreManifest();
    tell("publishing");
    if (!target.isPublished(task)) {
      try (Growing growing = target.open(task)) {
        requireWhole(growing);
        running.requireLease();
        growing.publish(running.services().state().manifest(running.id()), running::requireLease);
      }
    }
    target.makePublishedDurable();
    return complete(report);
  }

  /** A cancel of a publish that failed may have died while it deleted. */
  private void requireWhole(Growing growing) throws IOException {
    Growing.Found found = growing.look(new Recordings(plan, running.tasks(), running.id()));
    long placed = running.task().files();
    if (found.placed() != placed || found.others() != 0) {
      throw HaltedException.failed(
          true,
          "%s holds %,d files, but %,d were placed: a cancel that was interrupted may have removed some. Nothing was published. Cancel the task, then run its recipe again."
              .formatted(growing.where(), found.placed() + found.others(), placed));
    }
  }

  private void restoreManifest() throws IOException {
    String recorded = running.task().manifestSha256();
    Path manifest = running.services().state().manifest(running.id());
    if (Manifests.sha256(manifest).filter(found -> found.equals(recorded)).isPresent()) {
      return;
    }
    LOG.warn("The manifest {} is not there whole; it is written again", manifest);
    tell("writing the manifest");
    String sha256 = writeManifest(running.task().stagingInode());
    if (!sha256.equals(recorded)) {
      throw HaltedException.failed(
          true,
          "The manifest %s is damaged, and what plan and receipts give is another than the one that was to be published. Nothing was published or deleted; bring the file back from a backup, then resume."
              .formatted(manifest));
    }
  }

  private RunReport complete(RunReport report) throws IOException {
    RunReport withoutLineage = Reports.warned(report, WITHOUT_LINEAGE);
    Publication publication =
        new Publication(
            report.target().files(),
            report.target().bytes(),
            ReportJson.write(report),
            ReportJson.write(withoutLineage),
            lineage(plan.header()));
    boolean hasLineage = running.tasks().complete(running.lease(), publication);
    running.crashPoint(CrashPoints.Point.COMPLETED);
    return hasLineage ? report : withoutLineage;
  }

  private String writeManifest(long inode) throws IOException {
    String[] sha256 = new String[1];
    StateFolder.writeWhole(
        running.services().state().manifest(running.id()),
        out -> sha256[0] = writeManifest(out, inode));
    return sha256[0];
  }

  private String writeManifest(OutputStream out, long inode) throws IOException {
    PlanHeader header = plan.header();
    ManifestWriter writer = new ManifestWriter(out, manifestHeader(header, inode));
    try (Handover<ManifestEntry> writing = new Handover<>("admix-manifest", writer::add)) {
      PlanEntries.recorded(
          plan,
          running.tasks(),
          running.id(),
          (run, entries, results) -> add(writing, header, run, entries, results));
      writing.finish();
    }
    return writer.finish();
  }

  private static void add(
      Handover<ManifestEntry> writing,
      PlanHeader header,
      PlanRun run,
      List<PlanEntry> entries,
      List<EntryResult> results)
      throws IOException {
    if (entries.size() != results.size()) {
      throw new IOException(
          "the receipt of run %d has %d results for %d entries"
              .formatted(run.number(), results.size(), entries.size()));
    }
    for (int i = 0; i < entries.size(); i++) {
      if (results.get(i) instanceof EntryResult.Placed placed) {
        PlanEntry entry = entries.get(i);
        writing.add(
            new ManifestEntry(
                entry.targetPath(),
                header.sources().get(entry.source()).name(),
                entry.sourcePath(),
                entry.size(),
                placed.method(),
                placed.inode(),
                placed.modifiedNs(),
                entry.seen().inode(),
                entry.seen().modifiedNs(),
                entry.rowId(),
                entry.realPath(),
                placed.object(),
                entry.etag()));
      }
    }
  }

  private ManifestHeader manifestHeader(PlanHeader header, long inode) {
    List<ManifestHeader.Source> sources =
        header.sources().stream()
            .map(s -> new ManifestHeader.Source(s.name(), s.root(), s.datasetId()))
            .toList();
    return new ManifestHeader(
        running.task().name(),
        running.task().datasetId(),
        running.id(),
        running.task().targetPath(),
        inode,
        header.summary().seed(),
        header.summary().sha256(),
        sources);
  }

  private static List<Publication.LineageSource> lineage(PlanHeader header) {
    return header.sources().stream().map(Publishing::lineage).distinct().toList();
  }

  private static Publication.LineageSource lineage(PlanSource source) {
    String dataset = source.datasetId();
    String datasetName = source.datasetName();
    return dataset == null
        ? new Publication.LineageSource(source.root(), source.name(), false)
        : new Publication.LineageSource(
            dataset, datasetName == null ? source.name() : datasetName, true);
  }

  private void tell(String step) {
    running
        .progress()
        .from(() ->
            ProgressTeller.step(Task.Phase.PUBLISHING, step, plan.header().summary().entries()));
  }
}
