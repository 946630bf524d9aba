package io.admix.files.s3;

import io.admix.files.object.BodyFailedException;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectSettings;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The SDK's standard retries with our bounds, which counts how often the store asked to slow down.
 * Pauses are exponential with full jitter. A body that cannot be read is not sent again.
 */
final class BoundedRetries implements RetryStrategy {
  private final RetryStrategy standard;
  private final AtomicLong backOffs = new AtomicLong();

  private BoundedRetries(RetryStrategy standard) {
    this.standard = standard;
  }

  static BoundedRetries of(ObjectSettings settings) {
    BackoffStrategy pause =
        BackoffStrategy.exponentialDelay(settings.pauseFirst(), settings.pauseMost());
    return new BoundedRetries(
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(settings.attempts())
            .backoffStrategy(pause)
            .throttlingBackoffStrategy(pause)
            // It would let requests of all threads fail at once after some hundred faults, which
            // this caller answers with fewer workers instead.
            .circuitBreakerEnabled(false)
            .retryOnException(BoundedRetries::isPassing)
            .treatAsThrottling(failure -> kind(failure) == FaultKind.THROTTLED)
            .build());
  }

  long backOffs() {
    return backOffs.get();
  }

  private static boolean isPassing(Throwable failure) {
    FaultKind kind = kind(failure);
    return kind == FaultKind.THROTTLED || kind == FaultKind.RACE || kind == FaultKind.SERVER_ERROR;
  }

  private static FaultKind kind(Throwable failure) {
    return failure instanceof AwsServiceException answer ? S3Faults.kind(answer) : FaultKind.OTHER;
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    if (BodyFailedException.isBehind(request.failure())) {
      throw new TokenAcquisitionFailedException(
          "the bytes to be sent cannot be read", request.failure());
    }
    RefreshRetryTokenResponse granted = standard.refreshRetryToken(request);
    if (kind(request.failure()) == FaultKind.THROTTLED) {
      backOffs.incrementAndGet();
    }
    return granted;
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return standard.acquireInitialToken(request);
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return standard.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return standard.maxAttempts();
  }

  /** The client's own conditions are in already; more would be put into a copy that counts not. */
  @Override
  public boolean useClientDefaults() {
    return false;
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return standard.toBuilder();
  }
}
