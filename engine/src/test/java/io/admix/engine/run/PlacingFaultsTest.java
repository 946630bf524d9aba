package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.OtherRules;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every row of the table of faults, on whole mixes: each errno at the first, second, … placing call
 * until a run meets it no more. With the right rule comes what is promised; with a wrong one in its
 * place the same check sees the damage.
 */
class PlacingFaultsTest extends FaultsKit {
  /**
   * Method, errnos = what one of them at one call leads to / what it leads to when it stays. What
   * is not here is IO_ERROR of that file, both times.
   *
   * <p>NOTHING: as if it had not been. NEXT: that file by the next method; REST: it and all after
   * it. STOPS: the task fails and can be resumed. Else the reason why that file failed, and with it
   * the task, resumable.
   */
  private static final String PROMISES =
      """
      HARDLINK: EXDEV EOPNOTSUPP ENOTTY ENOSYS = REST / REST
      HARDLINK: EPERM EMLINK EACCES = NEXT / REST
      HARDLINK: EEXIST = NOTHING / CONFLICT
      HARDLINK: ENOENT = NOTHING / SOURCE_MISSING
      HARDLINK: EIO EINTR EAGAIN EBUSY ETIMEDOUT = NOTHING / IO_ERROR
      HARDLINK: ESTALE = NOTHING / STALE_HANDLE
      HARDLINK: EMFILE ENFILE ENOMEM = NOTHING / STOPS
      HARDLINK: ELOOP ENOTDIR = UNSAFE_PATH / UNSAFE_PATH
      HARDLINK: ENOSPC EDQUOT EROFS = STOPS / STOPS
      SYMLINK: EPERM EOPNOTSUPP ENOTTY ENOSYS = REST / REST
      SYMLINK: EEXIST = NOTHING / CONFLICT
      SYMLINK: ENOENT = NOTHING / SOURCE_MISSING
      SYMLINK: EIO EINTR EAGAIN EBUSY ETIMEDOUT = NOTHING / IO_ERROR
      SYMLINK: ESTALE = NOTHING / STALE_HANDLE
      SYMLINK: EMFILE ENFILE ENOMEM = NOTHING / STOPS
      SYMLINK: ELOOP ENOTDIR = UNSAFE_PATH / UNSAFE_PATH
      SYMLINK: ENOSPC EACCES EDQUOT EROFS = STOPS / STOPS
      REFLINK: EXDEV EOPNOTSUPP ENOTTY ENOSYS = REST / REST
      REFLINK: EPERM EACCES EINVAL EBADF ETXTBSY EFBIG = NEXT / REST
      REFLINK: EEXIST = NOTHING / CONFLICT
      REFLINK: ENOENT = NOTHING / SOURCE_MISSING
      REFLINK: EINTR EAGAIN EBUSY ETIMEDOUT = NOTHING / IO_ERROR
      REFLINK: ESTALE = NOTHING / STALE_HANDLE
      REFLINK: EMFILE ENFILE ENOMEM = NOTHING / STOPS
      REFLINK: ELOOP ENOTDIR = UNSAFE_PATH / UNSAFE_PATH
      REFLINK: ENOSPC EDQUOT EROFS = STOPS / STOPS
      COPY: EACCES = SOURCE_UNREADABLE / SOURCE_UNREADABLE
      COPY: EEXIST = NOTHING / CONFLICT
      COPY: ENOENT = NOTHING / SOURCE_MISSING
      COPY: EINTR EAGAIN EBUSY ETIMEDOUT = NOTHING / IO_ERROR
      COPY: ESTALE = NOTHING / STALE_HANDLE
      COPY: EMFILE ENFILE ENOMEM = NOTHING / STOPS
      COPY: ELOOP ENOTDIR = UNSAFE_PATH / UNSAFE_PATH
      COPY: ENOSPC EDQUOT EROFS = STOPS / STOPS
      """;

  private record Promise(String once, String always) {}

  private static Map<Errno, Promise> promises(LinkMethod method) {
    Map<Errno, Promise> promises = new EnumMap<>(Errno.class);
    for (Errno errno : Errno.values()) {
      promises.put(errno, new Promise("IO_ERROR", "IO_ERROR"));
    }
    for (String row : PROMISES.strip().split("\n")) {
      String[] parts = row.split(" *[:=/] *");
      if (parts[0].equals(method.name())) {
        for (String errno : parts[1].split(" ")) {
          promises.put(Errno.valueOf(errno), new Promise(parts[2], parts[3]));
        }
      }
    }
    return promises;
  }

  private static LinkMethod nextOf(LinkMethod method) {
    return method == LinkMethod.COPY ? LinkMethod.SYMLINK : LinkMethod.COPY;
  }

  @ParameterizedTest
  @EnumSource(LinkMethod.class)
  void eachErrnoAtEachCall_leadsWhereItIsPromised(LinkMethod method) throws Exception {
    FaultedMix mix = new FaultedMix(bench, sources, method, nextOf(method));
    for (Map.Entry<Errno, Promise> row : promises(method).entrySet()) {
      int met = 0;
      for (int n = 1; met == n - 1; n++) {
        FaultLayer files = mix.begin().failAt(FaultedMix.placing(method), n, row.getKey());
        String name = "%s at call %d of %s".formatted(row.getKey(), n, method);
        met += check(mix, files, method, row.getKey(), row.getValue().once(), n, name);
      }
      assertThat(met).as("calls that met " + row.getKey()).isEqualTo(FaultedMix.FILES);
      FaultLayer files = mix.begin().failFrom(FaultedMix.placing(method), 2, row.getKey());
      String name = "%s from call 2 of %s on".formatted(row.getKey(), method);
      check(mix, files, method, row.getKey(), row.getValue().always(), 2, name);
    }
    sources.assertUnchanged();
  }

  /** Runs with the fault in place, compares with the promise, heals and runs again. */
  private int check(
      FaultedMix mix,
      FaultLayer files,
      LinkMethod method,
      Errno errno,
      String promise,
      int n,
      String name)
      throws Exception {
    try {
      FaultedMix.Outcome outcome = mix.run();
      boolean isMet = files.answered() > 0;
      boolean stays = files.answered() > 1 || name.contains("from");
      assertThat(outcome.word())
          .isEqualTo(isMet ? word(promise, method, n) : FaultedMix.completedBy(method));
      if (!outcome.isCompleted()) {
        assertThat(outcome.message()).contains(errno.name());
        assertLeft(mix, promise, n, stays);
        mix.assertHeals(method);
      }
      mix.remove();
      return isMet ? 1 : 0;
    } catch (AssertionError e) {
      throw new AssertionError(
          name + ", promised " + promise + ": " + e.getMessage() + "\n" + files.world().trace(), e);
    }
  }

  private static String word(String promise, LinkMethod method, int n) {
    Map<LinkMethod, Long> methods = new TreeMap<>();
    int others =
        switch (promise) {
          case "NOTHING" -> 0;
          case "NEXT" -> 1;
          case "REST" -> FaultedMix.FILES - n + 1;
          default -> -1;
        };
    if (others < 0) {
      return promise;
    }
    if (others < FaultedMix.FILES) {
      methods.put(method, (long) FaultedMix.FILES - others);
    }
    if (others > 0) {
      methods.put(nextOf(method), (long) others);
    }
    return "COMPLETED " + methods;
  }

  /** Which files and rows remain of a mix that failed. */
  private static void assertLeft(FaultedMix mix, String promise, int n, boolean stays)
      throws Exception {
    int left =
        switch (promise) {
          case "STOPS" -> n - 1;
          default -> stays ? n - 1 : FaultedMix.FILES - 1;
        };
    assertThat(mix.staged()).as("files that stay").hasSize(left);
    assertThat(mix.recorded()).as("rows that stay").isEqualTo(left);
  }

  @ParameterizedTest
  @EnumSource(LinkMethod.class)
  void withoutItsRule_eachErrnoDoesDamageThatTheCheckSees(LinkMethod method) throws Exception {
    LinkMethod next = nextOf(method);
    FaultedMix mix = new FaultedMix(bench, sources, method, next);
    for (Map.Entry<Errno, Promise> row : promises(method).entrySet()) {
      boolean goesOn = word(row.getValue().once(), method, 2).startsWith("COMPLETED");
      OtherRules.Wrong wrong = goesOn ? OtherRules.Wrong.FAIL_FILE : OtherRules.Wrong.NEXT;
      bench.placers((order, ours) -> OtherRules.wrong(order, ours, method, row.getKey(), wrong));
      mix.begin().failAt(FaultedMix.placing(method), 2, row.getKey());
      String damage =
          goesOn
              ? "IO_ERROR"
              : "COMPLETED " + new TreeMap<>(Map.of(method, FaultedMix.FILES - 1L, next, 1L));
      assertThat(mix.run().word())
          .as("%s of %s treated as %s", row.getKey(), method, wrong)
          .isEqualTo(damage)
          .isNotEqualTo(word(row.getValue().once(), method, 2));
      bench.placers(OtherRules::right);
      mix.remove();
    }
  }
}
