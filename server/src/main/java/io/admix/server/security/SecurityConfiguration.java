package io.admix.server.security;

import io.admix.catalog.Actor;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.AccessToken;
import io.admix.engine.settings.SecuritySettings.Mode;
import io.admix.engine.settings.ServerSettings;
import io.admix.engine.settings.Settings;
import io.admix.server.security.KnownCaller.Proof;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.server.resource.web.OAuth2ProtectedResourceMetadataFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The chain through which every request goes: {@link GuardFilter}, who calls, {@link BodyFilter}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final int SIGNED_IN_SECONDS = 8 * 60 * 60;
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Bean
  FilterRegistrationBean<FaultFilter> faults(Refusals refusals) {
    return ordered(new FaultFilter(refusals), Ordered.HIGHEST_PRECEDENCE);
  }

  @Bean
  FilterRegistrationBean<GuardFilter> guard(ServerSettings settings, Refusals refusals) {
    return ordered(
        new GuardFilter(new OwnNames(settings), refusals), Ordered.HIGHEST_PRECEDENCE + 100);
  }

  @Bean
  FilterRegistrationBean<BodyFilter> bodies(ServerSettings settings, Refusals refusals) {
    return ordered(
        new BodyFilter(settings.maxBodyBytes(), refusals),
        SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
  }

  private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> ordered(
      T filter, int order) {
    FilterRegistrationBean<T> bean = new FilterRegistrationBean<>(filter);
    bean.setOrder(order);
    bean.setDispatcherTypes(DispatcherType.REQUEST);
    return bean;
  }

  /** For paths that could mean two things, and headers with characters that none may have. */
  @Bean
  RequestRejectedHandler ambiguousPaths(Refusals refusals) {
    return (request, response, fault) ->
        refusals.write(
            request, response, HttpStatus.BAD_REQUEST, String.valueOf(Unreadable.why(fault)));
  }

  /** Looks at the characters of a header, which are not the bytes of UTF-8 that Spring sees. */
  @Bean
  StrictHttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderValues(
        value -> HeaderText.of(value).codePoints().noneMatch(SecurityConfiguration::isStrange));
    return firewall;
  }

  private static boolean isStrange(int codePoint) {
    return Character.isISOControl(codePoint) || !Character.isDefined(codePoint);
  }

  @Bean
  WebMvcConfigurer auditing(Audit audit) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(audit);
      }
    };
  }

  @Bean
  @Conditional(InMode.Token.class)
  SignIn signIn(Settings settings) throws RefusedException {
    boolean isTls =
        settings.server().publicUrl() != null
            && "https".equals(settings.server().publicUrl().getScheme());
    return new SignIn(
        AccessToken.of(settings),
        isTls ? SignIn.Transport.TLS : SignIn.Transport.PLAIN,
        Clock.systemUTC());
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http,
      ServerSettings settings,
      Optional<SignIn> signIn,
      Refusals refusals,
      Audit audit,
      Sessions sessions)
      throws Exception {
    headers(http);
    http.authorizeHttpRequests(requests ->
            requests
                // A second dispatch of a request that got in by the first.
                .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(OpenPaths::isHealth)
                .permitAll()
                .requestMatchers(request -> isSignIn(request, settings))
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(faults ->
            faults
                .authenticationEntryPoint(entryPoint(settings, refusals))
                .accessDeniedHandler(denied(refusals)))
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(cache -> cache.disable());
    switch (settings.security().mode()) {
      case TOKEN -> byToken(http, signIn.orElseThrow(), refusals);
      case PROXY ->
          identified(http, new ProxyIdentification(settings.security()), refusals)
              .csrf(AbstractHttpConfigurer::disable);
      case OPEN ->
          identified(
                  http,
                  request -> Optional.of(new KnownCaller(Actor.SYSTEM, Proof.REACH)),
                  refusals)
              .csrf(AbstractHttpConfigurer::disable);
      case OIDC -> byIssuer(http, settings, refusals, audit, sessions);
    }
    return withoutOpenDescription(http.build());
  }

  /** Spring tells of the issuer at an address of its own, before anybody is asked who he is. */
  private static SecurityFilterChain withoutOpenDescription(DefaultSecurityFilterChain chain) {
    return new DefaultSecurityFilterChain(
        chain.getRequestMatcher(),
        chain.getFilters().stream()
            .filter(filter -> !(filter instanceof OAuth2ProtectedResourceMetadataFilter))
            .toList());
  }

  private static void headers(HttpSecurity http) {
    http.headers(headers ->
        headers
            .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
            .frameOptions(frames -> frames.deny())
            .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
  }

  private static HttpSecurity identified(
      HttpSecurity http, Identification identification, Refusals refusals) {
    return http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new CallerFilter(identification, refusals), CsrfFilter.class);
  }

  private static void byToken(HttpSecurity http, SignIn signIn, Refusals refusals) {
    identified(http, new TokenIdentification(signIn), refusals)
        .csrf(csrf ->
            csrf.csrfTokenRepository(new CookieCsrfTokens(signIn))
                .requireCsrfProtectionMatcher(SecurityConfiguration::isSignedByCookie));
  }

  private static boolean isSignedByCookie(HttpServletRequest request) {
    // Whoever signs in once more sends the token itself, which no other page knows.
    return Audit.isChange(request) && Callers.isBrowser() && !SignIn.isAsked(request);
  }

  private static void byIssuer(
      HttpSecurity http,
      ServerSettings settings,
      Refusals refusals,
      Audit audit,
      Sessions sessions) {
    OidcConfiguration issuer = new OidcConfiguration(settings);
    OidcCallers callers = new OidcCallers(settings.security().ownerClaim());
    http.oauth2ResourceServer(resource ->
            resource
                .authenticationEntryPoint(entryPoint(settings, refusals))
                .jwt(jwt ->
                    jwt.decoder(issuer.decoder()).jwtAuthenticationConverter(callers.ofPrograms())))
        .csrf(csrf ->
            csrf.requireCsrfProtectionMatcher(
                request -> Audit.isChange(request) && request.getSession(false) != null))
        .addFilterBefore(
            new SignedInFilter(callers),
            org.springframework.security.web.access.intercept.AuthorizationFilter.class);
    if (issuer.hasSignIn()) {
      http.addFilterBefore(
          new IssuerFilter(issuer.registrations()), OAuth2AuthorizationRequestRedirectFilter.class);
      http.oauth2Login(login ->
          login
              .clientRegistrationRepository(issuer.registrations())
              .authorizationEndpoint(begin -> begin.authorizationRequestRepository(new AskedPage()))
              .userInfoEndpoint(users -> users.oidcUserService(callers.people()))
              .successHandler((request, response, who) -> {
                String name = callers.signedIn(who).map(KnownCaller::getName).orElse("-");
                request.getSession().setMaxInactiveInterval(SIGNED_IN_SECONDS);
                sessions.signedIn(request.getSession());
                audit.signedIn(request, name, HttpStatus.FOUND.value());
                response.sendRedirect(AskedPage.of(request));
              })
              .failureHandler((request, response, fault) -> {
                audit.sign(request, HttpStatus.FORBIDDEN.value());
                // Not back to the issuer, who would answer the same again.
                refusals.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "You are not signed in: the issuer refused it, it took too long, or the issuer names no owner. Begin again at /.");
              }));
    } else {
      http.sessionManagement(
          session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }
  }

  private static boolean isSignIn(HttpServletRequest request, ServerSettings settings) {
    return settings.security().mode() == Mode.TOKEN && SignIn.isAsked(request);
  }

  private static AuthenticationEntryPoint entryPoint(ServerSettings settings, Refusals refusals) {
    boolean hasSignIn =
        settings.security().mode() == Mode.OIDC && settings.security().oidcClientId() != null;
    return (request, response, fault) -> {
      if (hasSignIn && isBrowser(request) && !Browsers.asksForPart(request)) {
        response.sendRedirect(AskedPage.signIn(request));
      } else {
        refusals.write(
            request, response, HttpStatus.UNAUTHORIZED, "Say who you are: " + how(settings));
      }
    };
  }

  private static boolean isBrowser(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return request.getMethod().equals("GET")
        && request.getHeader("Authorization") == null
        && accept != null
        && accept.contains("text/html");
  }

  private static String how(ServerSettings settings) {
    return switch (settings.security().mode()) {
      case TOKEN ->
          "Authorization: Bearer with the service's token, or the sign-in URL that it prints at its start.";
      case OIDC -> "Authorization: Bearer with a token of the issuer.";
      case PROXY -> "the proxy in front names the caller.";
      case OPEN -> "from this machine.";
    };
  }

  private static AccessDeniedHandler denied(Refusals refusals) {
    return (request, response, fault) ->
        refusals.write(
            request,
            response,
            HttpStatus.FORBIDDEN,
            "A change from a browser needs the token of its page (X-CSRF-TOKEN), see /session.");
  }
}
