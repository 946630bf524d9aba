package io.admix.files.object;

/** Why one object was not made; the words stand in reports and JSON. */
public enum ObjectFailure {
  /** The source is gone. */
  SOURCE_MISSING,
  /** It is no longer the object or file that the plan saw. */
  SOURCE_CHANGED,
  /** It may not be read, or is archived. */
  SOURCE_UNREADABLE,
  /** The target key holds something that is not ours. */
  CONFLICT,
  /** The target may not be written. */
  DENIED,
  /** The store asked to slow down until the attempts were used up: place again, with fewer. */
  THROTTLED,
  /** What the source carries cannot be kept, or the store refuses such an object. */
  REFUSED,
  /** No answer told what became of it: place again, which settles it. */
  UNKNOWN
}
