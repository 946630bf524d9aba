package io.admix.server.security;

import io.admix.engine.settings.SecuritySettings;
import io.admix.engine.settings.ServerSettings;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * What mode {@code oidc} knows of its issuer. The issuer is asked when first needed, so that the
 * service starts while it is away.
 */
final class OidcConfiguration {
  /** The one issuer's name in Spring's paths. */
  static final String REGISTRATION = "admix";

  private final SecuritySettings settings;
  private final String issuer;
  private final Supplier<ClientRegistration> registration;

  OidcConfiguration(ServerSettings server) {
    this.settings = server.security();
    this.issuer = Objects.requireNonNull(settings.oidcIssuer()).toString();
    String base = server.publicUrl() == null ? "{baseUrl}" : withoutSlash(server);
    this.registration = new Once<>(() -> register(base));
  }

  private static String withoutSlash(ServerSettings server) {
    return String.valueOf(server.publicUrl()).replaceAll("/+$", "");
  }

  /** Whether people sign in, rather than only programs. */
  boolean hasSignIn() {
    return settings.oidcClientId() != null;
  }

  /**
   * Believes the issuer's own tokens for this service, while they count. Throws {@link
   * IssuerAwayException} when its keys cannot be had.
   */
  JwtDecoder decoder() {
    JwtDecoder asked =
        new SupplierJwtDecoder(() -> {
          NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
          decoder.setJwtValidator(validator());
          return decoder;
        });
    return token -> {
      try {
        return asked.decode(token);
      } catch (BadJwtException refused) {
        throw refused;
      } catch (JwtException | JwtDecoderInitializationException away) {
        throw new IssuerAwayException(away.getCause() == null ? away : away.getCause());
      }
    };
  }

  private OAuth2TokenValidator<Jwt> validator() {
    String audience = Objects.requireNonNull(settings.oidcAudience());
    OAuth2TokenValidator<Jwt> forUs =
        new JwtClaimValidator<java.util.List<String>>(
            "aud", all -> all != null && all.contains(audience));
    return new DelegatingOAuth2TokenValidator<>(
        JwtValidators.createDefaultWithIssuer(issuer), forUs);
  }

  ClientRegistrationRepository registrations() {
    return id -> id.equals(REGISTRATION) ? registration.get() : null;
  }

  private ClientRegistration register(String base) {
    ClientRegistration.Builder client =
        found()
            .registrationId(REGISTRATION)
            .clientId(Objects.requireNonNull(settings.oidcClientId()))
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(base + "/login/oauth2/code/" + REGISTRATION)
            .scope("openid", "profile");
    String secret = settings.oidcClientSecret();
    return secret == null
        ? client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
        : client.clientSecret(secret).build();
  }

  private ClientRegistration.Builder found() {
    try {
      return ClientRegistrations.fromIssuerLocation(issuer);
    } catch (IllegalArgumentException | IllegalStateException away) {
      throw new IssuerAwayException(away);
    }
  }

  /** Asks until it is answered, then never again. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile T value;

    @SuppressWarnings("NullAway.Init") // set by the first answer
    Once(Supplier<T> source) {
      this.source = source;
    }

    @Override
    public synchronized T get() {
      if (value == null) {
        value = source.get();
      }
      return value;
    }
  }
}
