package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes over a copy or clone that another attempt at the same entry made: only what holds the bytes
 * of the planned source, read from end to end. To make it again instead would take away what the
 * other attempt may have reported; and what a machine that died had not written back is found out
 * by reading it.
 */
final class TakingOver {
  /** More names in one folder are not looked through for the other name of a half-made copy. */
  private static final int TEMPORARIES_MAX = 1_024;

  private final Placer placer;
  private final Entry entry;
  private final MountPair pair;
  private final LinkMethod method;

  TakingOver(Placer placer, Entry entry, MountPair pair, LinkMethod method) {
    this.placer = placer;
    this.entry = entry;
    this.pair = pair;
    this.method = method;
  }

  /**
   * @param existing what holds the name: a regular file, and not the source
   * @param source what stands at the source, or null
   * @return null when it is not what was planned
   */
  Outcome.@Nullable Placed of(Stat existing, @Nullable Stat source) throws Fault {
    boolean mayBeWhole =
        source != null && entry.expected().matches(source) && existing.size() == source.size();
    if (!mayBeWhole || !isOfAnAttempt(existing) || !hasSourceBytes()) {
      return null;
    }
    LinkMethod made = method();
    if (made == null) {
      return null;
    }
    Stat now = entry.statTarget();
    return now.isSameFile(existing) ? new Outcome.Placed(made, now) : null;
  }

  private boolean hasSourceBytes() throws Fault {
    byte[] there = entry.target().digest(entry.name());
    byte[] wanted = entry.source().digest(entry.sourceName());
    return Arrays.equals(there, wanted) && entry.expected().matches(entry.statSource());
  }

  /**
   * A file of one name under exactly the planned one; or of two for the moment between getting its
   * name and losing its temporary one, which a kill makes last.
   */
  private boolean isOfAnAttempt(Stat existing) throws Fault {
    if (!placer.memory().names(entry.target()).isExact(entry.target(), entry.name())) {
      return false;
    }
    return existing.links() == 1
        || existing.links() == 2 && (hasTemporary(existing) || entry.statTarget().links() == 1);
  }

  private boolean hasTemporary(Stat existing) throws Fault {
    List<String> found = new ArrayList<>();
    entry
        .target()
        .list((name, kind) -> {
          if (name != null && Temporaries.isTemporary(name) && found.size() < TEMPORARIES_MAX) {
            found.add(name);
          }
        });
    for (String name : found) {
      if (isSame(name, existing)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSame(String name, Stat existing) throws Fault {
    try {
      return entry.target().stat(name).isSameFile(existing);
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * How it was made. Who met it by cloning or copying did the same just now, or was refused the
   * clone. Who met it before tries a clone, which does not get the name, but shows whether clones
   * can be had here.
   */
  private @Nullable LinkMethod method() {
    if (method == LinkMethod.REFLINK || method == LinkMethod.COPY) {
      return method;
    }
    if (!placer.may(LinkMethod.REFLINK)) {
      return placer.may(LinkMethod.COPY) ? LinkMethod.COPY : null;
    }
    boolean isCloned = !placer.may(LinkMethod.COPY) || canClone();
    return isCloned ? LinkMethod.REFLINK : LinkMethod.COPY;
  }

  private boolean canClone() {
    if (pair.isOff(LinkMethod.REFLINK)) {
      return false;
    }
    try {
      entry.make(LinkMethod.REFLINK);
      return true;
    } catch (Fault e) {
      return e.errno() == Errno.EEXIST;
    } catch (SourceChangedException e) {
      return false;
    }
  }
}
