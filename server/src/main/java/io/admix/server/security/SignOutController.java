package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs browsers out: what this service keeps of them ends; what an issuer keeps does not. */
@RestController
class SignOutController {
  private final Optional<SignIn> signIn;
  private final Refusals refusals;

  SignOutController(Optional<SignIn> signIn, Refusals refusals) {
    this.signIn = signIn;
    this.refusals = refusals;
  }

  @PostMapping("/sign-out")
  void signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    signIn.ifPresent(
        cookies -> response.setHeader(HttpHeaders.SET_COOKIE, cookies.noCookie().toString()));
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    refusals.signedOut(request, response);
  }
}
