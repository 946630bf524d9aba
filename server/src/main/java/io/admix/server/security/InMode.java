package io.admix.server.security;

import io.admix.engine.settings.SecuritySettings.Mode;
import io.admix.engine.settings.ServerSettings;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Makes beans that only one way of telling callers apart needs. */
abstract class InMode implements Condition {
  private final Mode mode;

  private InMode(Mode mode) {
    this.mode = mode;
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return mode.name().equals(context.getEnvironment().getProperty(ServerSettings.class.getName()));
  }

  static final class Token extends InMode {
    Token() {
      super(Mode.TOKEN);
    }
  }
}
