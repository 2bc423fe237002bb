package dev.forebay.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that shows the bytes on the wire. Not thread-safe.
public final class RawClient implements AutoCloseable {

  private final Socket socket;

  public RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  public RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /// A whole POST with the client key.
  public RawClient post(String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return send(
        "POST "
            + path
            + " HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\nauthorization: Bearer "
            + TestGateway.CLIENT_KEY
            + "\r\ncontent-length: "
            + body.length
            + "\r\n\r\n"
            + json);
  }

  /// Everything up to and including `marker`.
  public String readUntil(String marker) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!seen.toString(StandardCharsets.UTF_8).contains(marker)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended before \"" + marker + "\"; came: " + seen);
      }
      seen.write(next);
    }
    return seen.toString(StandardCharsets.UTF_8);
  }

  /// Everything until the other side closes.
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
