package io.admix.files.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request on the {@link Wire} and what becomes of it. */
public final class Exchange {
  private static final int SMALL = 64 * 1024;

  private final int server;
  private final HttpHead head;
  private final Wire.Request request;
  private final InputStream in;
  private final OutputStream out;
  private boolean goesOn = true;

  Exchange(int server, HttpHead head, Wire.Request request, InputStream in, OutputStream out) {
    this.server = server;
    this.head = head;
    this.request = request;
    this.in = in;
    this.out = out;
  }

  /** Whether the connection stays open. */
  public boolean goesOn() {
    return goesOn;
  }

  public Wire.Request request() {
    return request;
  }

  /** Passes request and answer on. */
  public void pass() throws IOException {
    carryOut(out, Long.MAX_VALUE);
    out.flush();
  }

  /** The server does its work, and the client is never told. */
  public void carryOutAndDrop() throws IOException {
    carryOut(OutputStream.nullOutputStream(), Long.MAX_VALUE);
    drop();
  }

  /** The client gets the head of the answer and so many bytes of its body. */
  public void cutAfter(long bytes) throws IOException {
    carryOut(out, bytes);
    out.flush();
    drop();
  }

  /** The answer comes in pieces of a few bytes. */
  public void dribble() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    carryOut(answer, Long.MAX_VALUE);
    byte[] bytes = answer.toByteArray();
    for (int i = 0; i < bytes.length; i += 61) {
      out.write(bytes, i, Math.min(61, bytes.length - i));
      out.flush();
    }
  }

  /** The n-th byte of the body is another one. */
  public void spoil(int n) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    carryOut(answer, Long.MAX_VALUE);
    byte[] bytes = answer.toByteArray();
    int body = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    bytes[body + n] ^= 1;
    out.write(bytes);
    out.flush();
  }

  /** The connection ends. */
  public void drop() {
    goesOn = false;
  }

  public void answerError(int status, String code) throws IOException {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
            + code
            + "</Code><Message>as the test wants it</Message><RequestId>R-1</RequestId></Error>";
    answer(status, request.method().equals("HEAD") ? "" : xml);
  }

  /** A whole object, whichever range of it was asked for. */
  public void answerWhole(String etag, byte[] bytes) throws IOException {
    String head = "HTTP/1.1 200 X\r\nETag: %s\r\nContent-Length: %d\r\n\r\n";
    out.write(head.formatted(etag, bytes.length).getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.flush();
  }

  public void answer(int status, String xml) throws IOException {
    takeBody(OutputStream.nullOutputStream());
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    out.write(
        ("HTTP/1.1 "
                + status
                + " X\r\nContent-Type: application/xml\r\nx-amz-request-id: R-1\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /**
   * A small request is taken whole before it is passed on: S3Proxy makes an object also of one that
   * breaks off, at some time after the client has gone, which Amazon's store refuses.
   */
  private void carryOut(OutputStream answerTo, long bodyMost) throws IOException {
    boolean isSmall = request.length() <= SMALL;
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    if (isSmall) {
      takeBody(small);
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server)) {
      socket.setTcpNoDelay(true);
      OutputStream to = socket.getOutputStream();
      to.write(head.without("Expect").getBytes(StandardCharsets.ISO_8859_1));
      if (isSmall) {
        small.writeTo(to);
      } else {
        takeBody(to);
      }
      to.flush();
      InputStream from = new BufferedInputStream(socket.getInputStream());
      HttpHead answer = HttpHead.read(from);
      if (answer == null) {
        throw new IOException("the server closed the connection");
      }
      answerTo.write(answer.text().getBytes(StandardCharsets.ISO_8859_1));
      boolean hasBody =
          !request.method().equals("HEAD") && answer.status() != 204 && answer.status() != 304;
      if (hasBody) {
        answer.passBody(from, answerTo, bodyMost);
      }
    }
  }

  private void takeBody(OutputStream to) throws IOException {
    if (!request.header("expect").isEmpty()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    HttpHead.pass(in, to, request.length());
  }
}
