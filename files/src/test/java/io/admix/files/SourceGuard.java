package io.admix.files;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * After every test, and before its temporary folders go, compares its sources with what they were,
 * and fails a test that mixed or registered from a folder that nobody watched. Registered by
 * itself: see {@code META-INF/services} beside it.
 */
public final class SourceGuard
    implements BeforeAllCallback,
        TestInstancePreConstructCallback,
        AfterEachCallback,
        AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Sources.leaveTest();
  }

  /** Kits are often made with the test's instance. */
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    Sources.enterTest();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      Sources.requireUnchanged();
      UnwatchedSources.requireNone();
    } finally {
      Sources.leaveTest();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    try {
      Sources.requireUnchanged();
    } finally {
      Sources.leaveClass();
    }
  }
}
