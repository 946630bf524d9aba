package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells who sent a request. */
interface Identification {

  /**
   * The sender, or nothing where the request says nothing about him.
   *
   * @throws RefusedRequestException when it says something that is not believed
   */
  Optional<KnownCaller> identify(HttpServletRequest request) throws RefusedRequestException;
}
