package io.admix.engine.settings;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the service.
 *
 * @param token under {@link Mode#TOKEN}, where one was given; never written anywhere
 * @param oidcIssuer under {@link Mode#OIDC}, else null
 * @param oidcClientSecret for the sign-in of people; never written anywhere
 * @param oidcAudience for whom tokens must be made; null: for anybody
 * @param ownerClaim the claim of a token that names the owner
 * @param proxyHeader the request header that names the owner
 * @param proxyAddresses from which alone that header is believed
 */
public record SecuritySettings(
    Mode mode,
    @Nullable String token,
    @Nullable URI oidcIssuer,
    @Nullable String oidcClientId,
    @Nullable String oidcClientSecret,
    @Nullable String oidcAudience,
    String ownerClaim,
    String proxyHeader,
    List<AddressRange> proxyAddresses,
    WithoutHeader withoutHeader) {

  /** How callers are told apart. */
  public enum Mode {
    /** Whoever has the service's one token is the system. */
    TOKEN,
    /** People sign in at an issuer, programs bring its tokens. */
    OIDC,
    /** A proxy in front names the caller. */
    PROXY,
    /** Everybody is the system; on a loopback address only. */
    OPEN
  }

  /** What a proxy's request without the header is. */
  public enum WithoutHeader {
    REFUSE,
    /** The system's, as in DataMate's default deployment. */
    EVERYONE
  }

  static final SecuritySettings DEFAULTS =
      new SecuritySettings(
          Mode.TOKEN, null, null, null, null, null, "sub", "User", List.of(), WithoutHeader.REFUSE);

  public SecuritySettings {
    proxyAddresses = List.copyOf(proxyAddresses);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SecuritySettings[mode="
        + mode
        + ", oidcIssuer="
        + oidcIssuer
        + ", oidcClientId="
        + oidcClientId
        + ", oidcAudience="
        + oidcAudience
        + ", ownerClaim="
        + ownerClaim
        + ", proxyHeader="
        + proxyHeader
        + ", proxyAddresses="
        + proxyAddresses
        + ", withoutHeader="
        + withoutHeader
        + "]";
  }
}
