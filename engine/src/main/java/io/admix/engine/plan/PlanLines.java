package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;

/**
 * The lines of a plan file, as text. A plan is JSON Lines:
 *
 * <pre>
 * {"admixPlan":1,…}                                         header
 * {"run":0,"folder":"java/a","entries":2}                   per run, at most {@value #RUN_ENTRIES_MAX} entries of one target folder
 * {"source":0,"folder":"a"}                                 where source or source folder changes, and at the start of a run
 * ["X.java",120,77,1700000000000000000]                     source base name, size, inode, modification time in ns
 * ["Y.java",0,0,null,{"as":"Y_1.java","row":"5f…"}]         not there when planned; another target name; a catalogue row
 * ["Z.java",9,79,1700000000000000000,{"real":"/data/Z"}]    a symbolic link, and the file that it leads to, whose size, inode and time these are
 * ["O.java",9,-1,1700000000000000000,{"row":"5f…","etag":"\"9a…\""}]  an object, the time at which it was written, its entity tag
 * {"reserves":0,"entries":1}                                reserves of a source, in the order in which they are taken
 * ["b/Z.java",9,78,1700000000000000000,{"to":"java/b/Z.java"}]
 * {"totals":{…}}                                            what is known only after the entries
 * {"entries":2,"runs":1,"bytes":120,"sha256":"…","fileSha256":"…"}
 * </pre>
 */
final class PlanLines {
  /** Version of this format. */
  static final int VERSION = 1;

  /** A run is a unit of work and of memory. */
  static final int RUN_ENTRIES_MAX = 1024;

  /**
   * No line is longer: three paths, each byte escaped, and the rest. The header and totals may be.
   */
  static final int LINE_MAX = 1 << 17;

  /** Bytes of all lines of a run: each is as long as it may be only where names are absurd. */
  static final int RUN_BYTES_MAX = 1 << 26;

  private PlanLines() {}

  static void run(JsonBytes out, long number, String folder, int entries) {
    out.raw("{\"run\":").number(number).raw(",\"folder\":").string(folder);
    out.raw(",\"entries\":").number(entries).raw("}\n");
  }

  static void reserves(JsonBytes out, int source, int entries) {
    out.raw("{\"reserves\":").number(source).raw(",\"entries\":").number(entries).raw("}\n");
  }

  static void group(JsonBytes out, int source, String folder) {
    out.raw("{\"source\":").number(source).raw(",\"folder\":").string(folder).raw("}\n");
  }

  static void entry(JsonBytes out, PlanEntry entry) {
    seen(out, entry.sourceName(), entry);
    boolean isRenamed = !entry.targetName().equals(entry.sourceName());
    if (isRenamed || entry.rowId() != null || entry.realPath() != null || entry.etag() != null) {
      out.raw(",{");
      if (isRenamed) {
        out.raw("\"as\":").string(entry.targetName());
      }
      extras(out, entry, isRenamed);
      out.raw("}");
    }
    out.raw("]\n");
  }

  static void reserve(JsonBytes out, PlanEntry entry) {
    seen(out, entry.sourcePath(), entry);
    out.raw(",{\"to\":").string(entry.targetPath());
    extras(out, entry, true);
    out.raw("}]\n");
  }

  private static void seen(JsonBytes out, String name, PlanEntry entry) {
    out.raw("[")
        .string(name)
        .raw(",")
        .number(entry.size())
        .raw(",")
        .number(entry.seen().inode())
        .raw(",");
    if (entry.seen().isThere()) {
      out.number(entry.seen().modifiedNs());
    } else {
      out.raw("null");
    }
  }

  private static void extras(JsonBytes out, PlanEntry entry, boolean isAfterAnother) {
    String row = entry.rowId();
    if (row != null) {
      out.raw(isAfterAnother ? ",\"row\":" : "\"row\":").string(row);
    }
    String real = entry.realPath();
    if (real != null) {
      out.raw(isAfterAnother || row != null ? ",\"real\":" : "\"real\":").string(real);
    }
    String etag = entry.etag();
    if (etag != null) {
      boolean isFirst = !isAfterAnother && row == null && real == null;
      out.raw(isFirst ? "\"etag\":" : ",\"etag\":").string(etag);
    }
  }

  static void footer(JsonBytes out, PlanFooter footer) {
    out.raw("{\"entries\":").number(footer.entries()).raw(",\"runs\":").number(footer.runs());
    out.raw(",\"bytes\":").number(footer.bytes()).raw(",\"sha256\":").string(footer.sha256());
    out.raw(",\"fileSha256\":").string(footer.fileSha256()).raw("}\n");
  }
}
