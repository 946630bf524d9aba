package io.admix.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A small OpenID Connect issuer on this machine: discovery, keys, sign-in without a question. */
final class IssuerForTests implements AutoCloseable {
  static final String CLIENT = "admix";
  static final String SECRET = "client-secret-for-tests";

  private final HttpServer http;
  private final RSAKey key;
  private volatile String person = "anna";
  private volatile String nonce = "";
  private volatile int tokensGiven;

  IssuerForTests() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/.well-known/openid-configuration", this::discovery);
    http.createContext("/keys", e -> json(e, new JWKSet(key.toPublicJWK()).toJSONObject()));
    http.createContext("/authorize", this::authorize);
    http.createContext("/token", this::token);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Who signs in from now on. */
  void person(String name) {
    person = name;
  }

  int tokensGiven() {
    return tokensGiven;
  }

  /** A token for a program; claims may be changed or, by null, taken away. */
  String programToken(String subject, Map<String, Object> changed) throws JOSEException {
    Map<String, Object> claims = claims(subject);
    claims.putAll(changed);
    return signed(claims, key);
  }

  /** A token with the same claims, signed by somebody else. */
  String forgedToken(String subject) throws JOSEException {
    return signed(claims(subject), new RSAKeyGenerator(2048).keyID("k1").generate());
  }

  private Map<String, Object> claims(String subject) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", url());
    claims.put("sub", subject);
    claims.put("aud", CLIENT);
    claims.put("iat", Date.from(Instant.now()));
    claims.put("exp", Date.from(Instant.now().plusSeconds(300)));
    return claims;
  }

  private static String signed(Map<String, Object> claims, RSAKey key) throws JOSEException {
    JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
    claims.forEach((name, value) -> {
      if (value != null) {
        set.claim(name, value);
      }
    });
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private void discovery(HttpExchange exchange) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", url());
    document.put("authorization_endpoint", url() + "/authorize");
    document.put("token_endpoint", url() + "/token");
    document.put("jwks_uri", url() + "/keys");
    document.put("response_types_supported", new String[] {"code"});
    document.put("subject_types_supported", new String[] {"public"});
    document.put("id_token_signing_alg_values_supported", new String[] {"RS256"});
    document.put("token_endpoint_auth_methods_supported", new String[] {"client_secret_basic"});
    json(exchange, document);
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
    nonce = asked.getOrDefault("nonce", "");
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            asked.get("redirect_uri")
                + "?code=c1&state="
                + java.net.URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    tokensGiven++;
    Map<String, Object> claims = claims(person);
    claims.put("nonce", nonce);
    try {
      json(
          exchange,
          Map.of(
              "access_token",
              "opaque",
              "token_type",
              "Bearer",
              "expires_in",
              300,
              "id_token",
              signed(claims, key)));
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, String> form(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private static void json(HttpExchange exchange, Map<String, Object> body) throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  static URI locationOf(io.admix.server.HttpAnswer answer) {
    return URI.create(answer.header("Location"));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
