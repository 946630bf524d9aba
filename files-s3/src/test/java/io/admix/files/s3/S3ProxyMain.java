package io.admix.files.s3;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** S3Proxy in a process of its own: prints its port, and ends when its standard input ends. */
public final class S3ProxyMain {
  private S3ProxyMain() {}

  public static void main(String[] args) throws Exception {
    TransientNio2BlobStore store = new TransientNio2BlobStore();
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, args[0], args[1])
            // It has neither tags nor payers; tests look at such requests on the wire.
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    System.out.println("port " + server.getPort());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Whoever started it closes the stream by ending.
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      fill(store, words[0], words[1], Integer.parseInt(words[2]));
      System.out.println("filled");
    }
    Runtime.getRuntime().halt(0);
  }

  private static void fill(TransientNio2BlobStore store, String bucket, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      PutObjectRequest request =
          PutObjectRequest.builder()
              .bucket(bucket)
              .key(prefix + "n/%05d".formatted(i))
              .contentLength(1L)
              .build();
      store.putBlob(request, new ByteArrayInputStream(new byte[1]));
    }
  }
}
