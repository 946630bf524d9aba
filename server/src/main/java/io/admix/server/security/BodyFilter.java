package io.admix.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the bodies of known callers, one whose length is told by that, one that comes in chunks by
 * reading it here; and what is sent to sign in.
 */
final class BodyFilter extends OncePerRequestFilter {
  private static final int SIGN_IN_MOST = 8 * 1024;

  private final long most;
  private final Refusals refusals;

  BodyFilter(long most, Refusals refusals) {
    this.most = most;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SignIn.isAsked(request)) {
      signIn(request, response, chain);
    } else if (request.getContentLengthLong() > most) {
      tooLarge(request, response);
    } else if (isInChunks(request)) {
      inChunks(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Of somebody who is not known yet. */
  private void signIn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isInChunks(request)) {
      refusals.write(
          request, response, HttpStatus.LENGTH_REQUIRED, "A sign-in tells how long its body is.");
    } else if (request.getContentLengthLong() > SIGN_IN_MOST) {
      refusals.write(
          request,
          response,
          HttpStatus.CONTENT_TOO_LARGE,
          "A sign-in has no more than " + SIGN_IN_MOST + " bytes.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isInChunks(HttpServletRequest request) {
    return request.getHeader("Transfer-Encoding") != null;
  }

  private void inChunks(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isForm(request)) {
      // The container reads its fields, within its own bound, and only before anybody else does.
      request.getParameterMap();
    }
    byte[] body = request.getInputStream().readNBytes(Math.toIntExact(most) + 1);
    if (body.length > most) {
      tooLarge(request, response);
    } else {
      chain.doFilter(new ReadRequest(request, body), response);
    }
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  private void tooLarge(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    refusals.write(
        request,
        response,
        HttpStatus.CONTENT_TOO_LARGE,
        "The body is larger than " + most + " bytes (admix.server.max-body).");
  }

  private static final class ReadRequest extends HttpServletRequestWrapper {
    private final ServletInputStream body;

    ReadRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = new ReadBody(new ByteArrayInputStream(body));
    }

    @Override
    public ServletInputStream getInputStream() {
      return body;
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }
  }

  private static final class ReadBody extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    ReadBody(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("this body is read by the thread of its request");
    }
  }
}
