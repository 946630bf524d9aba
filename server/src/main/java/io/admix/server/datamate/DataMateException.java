package io.admix.server.datamate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error of DataMate's. */
final class DataMateException extends RuntimeException {
  private final DataMateError error;
  private final transient @Nullable Object data;

  DataMateException(DataMateError error, @Nullable Object data) {
    super(error.message(), null, false, false);
    this.error = error;
    this.data = data;
  }

  /** Everything that is wrong with a request, each beginning with the field's name. */
  static DataMateException invalid(List<String> errors) {
    return new DataMateException(
        DataMateError.VALIDATION, new Fields("The request is not valid", List.copyOf(errors)));
  }

  static DataMateException of(DataMateError error, String key, String value) {
    return new DataMateException(error, Map.of(key, value));
  }

  DataMateError error() {
    return error;
  }

  @Nullable Object data() {
    return data;
  }

  /** What stands in the data of a refused request. */
  record Fields(String detail, List<String> errors) {}
}
