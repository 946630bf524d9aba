package io.admix.files.object;

/** What a fault at a source object means for the object that is made of it. */
public final class SourceLook {
  private SourceLook() {}

  static ObjectOutcome.Failed changed(ObjectKey source, ObjectExpected expected, ObjectStat found) {
    return new ObjectOutcome.Failed(
        ObjectFailure.SOURCE_CHANGED, source + " changed: " + expected.difference(found));
  }

  /**
   * What a fault of reading a source means for what is made of it.
   *
   * @throws ObjectFault when it is no matter of this object
   */
  public static ObjectOutcome.Failed failed(ObjectKey source, ObjectFault fault)
      throws ObjectFault {
    return switch (fault.kind()) {
      case NO_SUCH_KEY -> new ObjectOutcome.Failed(ObjectFailure.SOURCE_MISSING, fault.words());
      case PRECONDITION ->
          new ObjectOutcome.Failed(
              ObjectFailure.SOURCE_CHANGED,
              source + " changed: it no longer has the planned entity tag");
      case DENIED, ARCHIVED ->
          new ObjectOutcome.Failed(ObjectFailure.SOURCE_UNREADABLE, fault.words());
      case THROTTLED -> new ObjectOutcome.Failed(ObjectFailure.THROTTLED, fault.words());
      case NO_ANSWER, SERVER_ERROR, RACE ->
          new ObjectOutcome.Failed(ObjectFailure.UNKNOWN, fault.words());
      default -> {
        if (fault.kind().isOfAll()) {
          throw fault;
        }
        yield new ObjectOutcome.Failed(ObjectFailure.SOURCE_UNREADABLE, fault.words());
      }
    };
  }
}
