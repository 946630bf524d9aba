package io.admix.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mutating calls of one run, each by a name that it has in every other run too: what is called
 * on what for which time, whatever the order of threads. The first run lists them, each other one
 * is killed before one of them.
 *
 * <p>Of several writes in a row to one file the first two are listed, and whatever follows the last
 * one: the ones between are pages of one SQLite transaction or checkpoint, or parts of one
 * temporary file, that differ in nothing which a reader could see before the last one. {@code
 * -Dadmix.test.calls=all} lists them too.
 */
final class KillPoints implements TracedProcess.Watcher {
  static final boolean ALL = "all".equals(System.getProperty("admix.test.calls"));
  private static final int WRITES_IN_ROW = 2;

  private final Path world;
  private final String at;
  private final List<String> listed = new ArrayList<>();
  private final Map<String, Integer> times = new HashMap<>();
  private String writtenLast = "";
  private int inRow;
  private boolean killed;

  /**
   * @param world folder whose name is not part of a call's name
   * @param at the call before which the process is killed, or "" to list them all
   */
  KillPoints(Path world, String at) {
    this.world = world;
    this.at = at;
  }

  @Override
  public TracedProcess.Verdict at(SystemCall call, String subject) throws IOException {
    if (!call.mutates() || subject.startsWith("socket:") && isLeaseKeeper(call)) {
      return TracedProcess.Verdict.GO_ON;
    }
    String what = call.name() + " " + nameOf(subject) + wordsOf(call, subject);
    String point = what + " #" + times.merge(what, 1, Integer::sum);
    if (isListed(call, subject)) {
      listed.add(point);
    }
    killed = point.equals(at);
    return killed ? TracedProcess.Verdict.KILL : TracedProcess.Verdict.GO_ON;
  }

  /**
   * It asks the database twice a second, changes nothing, and would make the count a matter of
   * luck.
   */
  private static boolean isLeaseKeeper(SystemCall call) throws IOException {
    return Files.readString(Path.of("/proc/" + call.thread() + "/comm")).startsWith("admix-lease");
  }

  /** What is said to a database: how often the same is said depends on time. */
  private static String wordsOf(SystemCall call, String subject) throws IOException {
    boolean isSaid = subject.startsWith("socket:") && call.name().equals("write");
    return isSaid ? " " + PostgresWords.nameOf(call.written()) : "";
  }

  /** Without what is another one in each run. */
  private String nameOf(String subject) {
    return subject
        .replace(world.toString(), "")
        .replaceAll("socket:.*", "socket")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "<task>")
        .replaceAll("/\\.plan\\.jsonl\\.\\d+", "/.plan.jsonl.<pid>")
        .replaceAll("/plan-\\d+-\\d+", "/plan-<pid>")
        .replaceAll("/#\\d+( \\(deleted\\))?$", "/<no name>");
  }

  private boolean isListed(SystemCall call, String subject) {
    if (!call.isWrite()) {
      writtenLast = "";
      return true;
    }
    inRow = subject.equals(writtenLast) ? inRow + 1 : 1;
    writtenLast = subject;
    return ALL || subject.startsWith("socket:") || inRow <= WRITES_IN_ROW;
  }

  List<String> listed() {
    return List.copyOf(listed);
  }

  boolean isKilled() {
    return killed;
  }

  @Override
  public String toString() {
    return killed ? "killed before " + at : "not killed";
  }
}
