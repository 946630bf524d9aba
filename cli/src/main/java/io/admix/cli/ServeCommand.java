package io.admix.cli;

import io.admix.engine.RefusedException;
import io.admix.engine.RunningService;
import io.admix.engine.ServiceProvider;
import io.admix.engine.settings.ServerSettings.LogFormat;
import io.admix.engine.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "serve",
    header = ServeCommand.HEADER,
    synopsisHeading = "",
    customSynopsis = {"  admix serve [OPTION ...]", ""},
    description = {
      "Runs until it is stopped. Home, database and every setting work as for any command; the service's own are"
          + " admix.server.*, admix.security.*, admix.data-root and admix.allowed-roots (admix help settings).",
      "",
      "By default it listens on this machine alone and asks for a token, made at the first start. The URL that it"
          + " prints signs a browser in; programs send the token as a Bearer. Log lines go to stderr.",
      "",
      "SIGTERM or Ctrl-C: no new requests, those under way are ended, running tasks stop so that they can go on."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  1:failed: the database cannot be reached",
      "  2:bad usage or setting, port taken; nothing was started",
      "130:stopped by Ctrl-C (143: SIGTERM)"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  admix serve",
      "  admix serve --port 9000 -c admix.allowed-roots=/data:/mnt/nas",
      "  admix serve --db jdbc:postgresql://db/datamate --address 0.0.0.0 -c admix.server.hosts=mix.example.org"
    })
final class ServeCommand implements Callable<Integer> {
  static final String HEADER = "Run the service: DataMate's ratio task and /api/v1 over HTTP.";

  /** For what is left to do after the grace: closing the database, the last lines of the log. */
  private static final Duration AFTER_GRACE = Duration.ofSeconds(15);

  private final CommandContext context;

  @Mixin private GlobalOptions options = new GlobalOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      order = 1,
      description = "Port, 0 for any free one. Default: admix.server.port, 8080.")
  private @Nullable String port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      order = 2,
      description = "Address to listen on. Default: admix.server.address, 127.0.0.1.")
  private @Nullable String address;

  ServeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(options, given());
    Interruption interruption = context.interruption();
    interruption.patience(settings.server().grace().plus(AFTER_GRACE));
    try (RunningService service = provider().start(settings)) {
      tell(settings, service);
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // The signal has been answered: the service is closed.
    }
    return interruption.exitCode();
  }

  private List<String> given() {
    List<String> given = new ArrayList<>();
    if (port != null) {
      given.add("admix.server.port=" + port);
    }
    if (address != null) {
      given.add("admix.server.address=" + address);
    }
    return given;
  }

  private static ServiceProvider provider() throws RefusedException {
    return ServiceLoader.load(ServiceProvider.class)
        .findFirst()
        .orElseThrow(() ->
            new RefusedException(
                "The service's jars are not on the class path: start it with the admix script, or add admix-server and what it needs."));
  }

  private void tell(Settings settings, RunningService service) {
    if (options.json) {
      ObjectNode answer = Json.object();
      facts(settings, service).forEach(answer::put);
      Json.print(context.console(), answer);
    } else if (!options.quiet && settings.server().logFormat() == LogFormat.TEXT) {
      lines(settings, service).forEach(context.console().err()::println);
    }
  }

  private static List<String> lines(Settings settings, RunningService service) {
    List<String> lines = new ArrayList<>();
    lines.add("Admix serves at " + service.address() + "   Stop: Ctrl-C");
    service.signIn().ifPresent(url -> lines.add("  sign in    " + url));
    facts(settings, service)
        .forEach((key, value) -> {
          if (!key.equals("address")) {
            lines.add("  %-10s %s".formatted(key.equals("dataRoot") ? "data root" : key, value));
          }
        });
    return lines;
  }

  /** Without the sign-in, which is a secret. */
  private static Map<String, String> facts(Settings settings, RunningService service) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("address", service.address().toString());
    facts.put("security", settings.server().security().mode().name().toLowerCase(Locale.ROOT));
    facts.put("home", settings.home().toString());
    facts.put("database", settings.databaseUrl());
    facts.put("dataRoot", settings.server().dataRoot().toString());
    return facts;
  }
}
