package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signs browsers in, in mode {@code token}. */
@RestController
@Conditional(InMode.Token.class)
class SignInController {
  private final SignIn signIn;
  private final Audit audit;
  private final Refusals refusals;

  SignInController(SignIn signIn, Audit audit, Refusals refusals) {
    this.signIn = signIn;
    this.audit = audit;
    this.refusals = refusals;
  }

  /**
   * Answers with the cookie, and leads on to where no token is. The URL that the service prints is
   * a GET; the page that asks for the token posts it, so that it stands in no address and no log.
   *
   * @param next a page of this service; the first one for anything else
   */
  @RequestMapping(
      path = SignIn.PATH,
      method = {RequestMethod.GET, RequestMethod.POST})
  void signIn(
      @RequestParam(defaultValue = "") String token,
      @RequestParam(defaultValue = "/") String next,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // Its line in the log is written here, and a refused change has one already.
    Audit.asked();
    if (!signIn.isToken(token.strip())) {
      if (!Audit.isChange(request)) {
        audit.sign(request, HttpStatus.UNAUTHORIZED.value());
      }
      refusals.write(
          request,
          response,
          HttpStatus.UNAUTHORIZED,
          "This is not the token of this service. Use the URL that it printed when it started.");
      return;
    }
    audit.sign(request, HttpStatus.SEE_OTHER.value());
    response.setHeader(HttpHeaders.SET_COOKIE, signIn.cookie().toString());
    response.setHeader(HttpHeaders.LOCATION, LocalAddress.of(next).toString());
    response.setStatus(HttpStatus.SEE_OTHER.value());
  }
}
