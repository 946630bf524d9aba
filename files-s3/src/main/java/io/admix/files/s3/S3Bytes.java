package io.admix.files.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one answer. What the SDK throws while it reads is an IOException here; closing one
 * that was not read to its end drops the connection instead of reading the rest.
 */
final class S3Bytes extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> answer;
  private long left;

  S3Bytes(ResponseInputStream<GetObjectResponse> answer) {
    super(answer);
    this.answer = answer;
    this.left = answer.response().contentLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int count = in.read(bytes, offset, length);
      left -= Math.max(count, 0);
      return count;
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (left > 0) {
      answer.abort();
    } else {
      super.close();
    }
  }
}
