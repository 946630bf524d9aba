package io.admix.cli;

import io.admix.engine.Admix;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that opens the engine. */
abstract class EngineCommand implements Callable<Integer> {
  protected final CommandContext context;

  @Mixin protected GlobalOptions options = new GlobalOptions();

  EngineCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public final Integer call() throws Exception {
    try (Admix admix = context.open(options)) {
      return run(admix);
    }
  }

  /** Does it and answers the exit code. */
  abstract int run(Admix admix) throws Exception;

  protected final Console console() {
    return context.console();
  }

  protected final ProgressView progress() {
    return ProgressView.on(console(), options);
  }

  /** Prints a line of advice to stderr, unless it is not wanted. */
  protected final void advise(String line) {
    if (!options.quiet && !options.json) {
      console().err().println(line);
    }
  }
}
