package io.admix.server;

import io.admix.engine.RefusedException;
import io.admix.engine.settings.ServerSettings;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** From why the web server did not start to one sentence. */
final class StartFaults {
  private StartFaults() {}

  /** The sentence, or nothing where the fault is one of the program. */
  static Optional<RefusedException> refusal(Throwable fault, ServerSettings settings) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      String why = why(cause, settings);
      if (why != null) {
        return Optional.of(new RefusedException(why + " Nothing was started."));
      }
    }
    return Optional.empty();
  }

  private static @Nullable String why(Throwable cause, ServerSettings settings) {
    String place = "port " + settings.port() + " of " + settings.address();
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case RefusedException e -> e.getMessage();
      case PortInUseException e -> taken(place);
      case UnknownHostException e -> noAddress(settings);
      case UnresolvedAddressException e -> noAddress(settings);
      case BindException e when message.contains("already in use") -> taken(place);
      case BindException e when message.contains("Cannot assign") -> noAddress(settings);
      case SocketException e when message.contains("Permission denied") ->
          "This user may not listen on "
              + place
              + ": ports below 1024 need the capability CAP_NET_BIND_SERVICE. Give another with --port N.";
      case SocketException e -> "The service cannot listen on " + place + ": " + message + ".";
      default -> null;
    };
  }

  private static String taken(String place) {
    return "The "
        + place
        + " is taken by another process. Give another with --port N, 0 for any free one.";
  }

  private static String noAddress(ServerSettings settings) {
    return "admix.server.address = "
        + settings.address()
        + " is no address of this machine. Give one, 127.0.0.1 for this machine alone or 0.0.0.0 for all of its addresses.";
  }
}
