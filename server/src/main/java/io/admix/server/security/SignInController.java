package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signs browsers in and out in mode {@code token}. */
@RestController
@Conditional(InMode.Token.class)
class SignInController {
  private final SignIn signIn;
  private final Audit audit;

  SignInController(SignIn signIn, Audit audit) {
    this.signIn = signIn;
    this.audit = audit;
  }

  /**
   * The URL that the service prints. Answers with the cookie, and leads on to where no token is.
   */
  @GetMapping(SignIn.PATH)
  ResponseEntity<Object> signIn(
      @RequestParam(defaultValue = "") String token, HttpServletRequest request) {
    if (!signIn.isToken(token)) {
      audit.sign(request, HttpStatus.UNAUTHORIZED.value());
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
          .body(
              ProblemDetail.forStatusAndDetail(
                  HttpStatus.UNAUTHORIZED,
                  "This is not the token of this service. Use the URL that it printed when it started."));
    }
    audit.sign(request, HttpStatus.SEE_OTHER.value());
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.SET_COOKIE, signIn.cookie().toString())
        .location(URI.create("/"))
        .build();
  }

  @PostMapping("/sign-out")
  ResponseEntity<Void> signOut() {
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, signIn.noCookie().toString())
        .build();
  }
}
