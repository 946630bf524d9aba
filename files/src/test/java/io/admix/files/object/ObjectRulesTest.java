package io.admix.files.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.files.object.ObjectRules.Reaction;
import io.admix.files.object.ObjectStore.Part;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of faults, what is done about them, marks, and parts. */
final class ObjectRulesTest {
  private static final ObjectKey KEY = new ObjectKey("bucket", "k");

  @ParameterizedTest
  @CsvSource({
    "404,NoSuchKey,NO_SUCH_KEY",
    "404,,NO_SUCH_KEY",
    "404,NoSuchBucket,NO_SUCH_BUCKET",
    "404,NoSuchUpload,NO_SUCH_UPLOAD",
    "412,PreconditionFailed,PRECONDITION",
    "412,,PRECONDITION",
    "409,ConditionalRequestConflict,RACE",
    "409,OperationAborted,RACE",
    "503,SlowDown,THROTTLED",
    "503,,THROTTLED",
    "429,,THROTTLED",
    "500,InternalError,SERVER_ERROR",
    "200,InternalError,SERVER_ERROR",
    "502,,SERVER_ERROR",
    "400,RequestTimeout,NO_ANSWER",
    "403,AccessDenied,DENIED",
    "403,,DENIED",
    "403,SignatureDoesNotMatch,CREDENTIALS",
    "403,RequestTimeTooSkewed,CLOCK",
    "403,InvalidObjectState,ARCHIVED",
    "301,PermanentRedirect,WRONG_REGION",
    "501,NotImplemented,NOT_IMPLEMENTED",
    "501,,NOT_IMPLEMENTED",
    "400,BadDigest,CORRUPTED",
    "400,KMS.DisabledException,DENIED",
    "400,EntityTooLarge,REFUSED",
    "418,Teapot,REFUSED",
    "599,Teapot,SERVER_ERROR"
  })
  void answers_haveTheirKind(int status, String code, FaultKind kind) {
    assertThat(FaultKind.of(status, code)).isEqualTo(kind);
  }

  @Test
  void whatConcernsAllObjects_stops_andNothingElseDoes() {
    for (FaultKind kind : FaultKind.values()) {
      assertThat(ObjectRules.reaction(kind) == Reaction.STOP)
          .as(kind.name())
          .isEqualTo(kind.isOfAll());
    }
  }

  @Test
  void whatMayHaveBeenCarriedOut_isLookedAt() {
    for (FaultKind kind : FaultKind.values()) {
      if (kind.isUnclear() || kind == FaultKind.PRECONDITION) {
        assertThat(ObjectRules.reaction(kind)).as(kind.name()).isEqualTo(Reaction.SETTLE);
      }
    }
  }

  @Test
  void aFaultTellsAll_inOneLine() {
    ObjectFault fault =
        new ObjectFault(
            "CopyObject",
            FaultKind.THROTTLED,
            "s3://b/k",
            new ObjectFault.Answer(503, "SlowDown", "R-1"),
            "Please reduce your request rate.");
    assertThat(fault)
        .hasMessage(
            "CopyObject s3://b/k: the store asks to slow down (503 SlowDown: Please reduce your request rate.; request R-1)");
    assertThat(new ObjectFault("open", FaultKind.CREDENTIALS, "s3://", ""))
        .hasMessage("open s3://: the credentials are missing or not accepted");
    assertThat(fault.getStackTrace()).isEmpty();
  }

  @Test
  void marks_differByTaskSourceAndWhatThePlanSaw() {
    ObjectKey source = new ObjectKey("bucket", "a");
    ObjectExpected expected = new ObjectExpected("\"e\"", 1);
    assertThat(
            Set.of(
                Mark.ofCopy("t", source, expected),
                Mark.ofCopy("u", source, expected),
                Mark.ofCopy("t", new ObjectKey("bucket2", "a"), expected),
                Mark.ofCopy("t", new ObjectKey("bucket", "b"), expected),
                Mark.ofCopy("t", source, new ObjectExpected("\"f\"", 1)),
                Mark.ofCopy("t", source, new ObjectExpected("\"e\"", 2)),
                Mark.ofFile("t", "a", 1, 1),
                Mark.ofOwn("t", "a")))
        .hasSize(8);
    assertThat(Mark.ofCopy("t", source, expected).value()).matches("t/[0-9a-f]{32}");
  }

  @Test
  void digests_areThoseOfTheStore() {
    byte[] check = "xx123456789xx".getBytes();
    Map<Checksum.Algorithm, String> known =
        Map.of(
            Checksum.Algorithm.CRC64NVME, "rosUhgp5mIg=",
            Checksum.Algorithm.CRC32C, "4waSgw==",
            Checksum.Algorithm.CRC32, "y/Q5Jg==",
            Checksum.Algorithm.MD5, "25f9e794323b453885f5181f1b624d0b",
            Checksum.Algorithm.SHA1, "98O8HYCOBHMq32eZZczDTKeuNEE=",
            Checksum.Algorithm.SHA256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=");
    known.forEach((algorithm, value) -> {
      Digesting whole = Digesting.of(algorithm);
      whole.update(check, 2, 9);
      assertThat(whole.value()).as(algorithm.word()).isEqualTo(value);
      Digesting pieces = Digesting.of(algorithm);
      pieces.update(check, 2, 1);
      pieces.update(check, 3, 8);
      assertThat(pieces.value()).as(algorithm.word() + " in pieces").isEqualTo(value);
    });
  }

  @Test
  void partsAreNeverTooMany() {
    assertThat(PartLimits.partSize(100, 10)).isEqualTo(10);
    assertThat(PartLimits.partSize(100_001, 10)).isEqualTo(11);
    assertThat(PartLimits.partSize(5L << 40, 512L << 20)).isEqualTo(549_755_814L);
  }

  @Test
  void partsThatAreMadeTogether_stayInOrder_andEndAtTheFirstFault() throws Exception {
    assertThat(
            PartCrew.make(KEY, 50, 7, n -> new Part(n, "e" + n, null)).stream().map(Part::number))
        .isSorted()
        .hasSize(50);
    Set<Integer> made = ConcurrentHashMap.newKeySet();
    ObjectFault fault =
        catchThrowableOfType(
            ObjectFault.class,
            () ->
                PartCrew.make(
                    KEY,
                    10_000,
                    3,
                    n -> {
                      made.add(n);
                      throw new ObjectFault("x", FaultKind.DENIED, "s3://b/k", "");
                    }));
    assertThat(fault.kind()).isEqualTo(FaultKind.DENIED);
    assertThat(made).as("one each at most").hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void storesThatOverwrite_areNoTargets() {
    ObjectPlace place = ObjectPlace.parse("s3://bucket/mix");
    assertThat(new ObjectAbilities(false, true, true, true, true, true).problemAsTarget(place))
        .hasValueSatisfying(
            words -> assertThat(words).contains("s3://bucket/mix/", "not heeded by puts"));
    assertThat(new ObjectAbilities(true, false, false, true, true, true).problemAsTarget(place))
        .hasValueSatisfying(words -> assertThat(words).contains("not heeded by copies"));
    assertThat(new ObjectAbilities(true, true, true, false, true, true).problemAsTarget(place))
        .hasValueSatisfying(words -> assertThat(words).contains("a source that has changed"));
    ObjectAbilities inParts = new ObjectAbilities(true, false, true, true, false, false);
    assertThat(inParts.problemAsTarget(place)).isEmpty();
    assertThat(inParts.limits(PartLimits.DEFAULT).copyAbove()).isEqualTo(-1);
    assertThat(
            new ObjectAbilities(true, true, false, true, false, false).limits(PartLimits.DEFAULT))
        .isEqualTo(PartLimits.DEFAULT);
  }
}
