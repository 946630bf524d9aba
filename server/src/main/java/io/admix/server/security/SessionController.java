package io.admix.server.security;

import io.admix.catalog.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in, and what his page sends with a change. */
@RestController
class SessionController {

  @GetMapping("/session")
  Session session(
      Actor caller, @RequestAttribute(name = "_csrf", required = false) @Nullable CsrfToken csrf) {
    // Asked for its value, a token begins a session; programs need none.
    return csrf == null || !Callers.isBrowser()
        ? new Session(caller.owner(), null, null)
        : new Session(caller.owner(), csrf.getHeaderName(), csrf.getToken());
  }

  record Session(String owner, @Nullable String csrfHeader, @Nullable String csrfToken) {}
}
