package dev.forebay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port of the loopback address where nobody listens: every connection to it is refused.
///
/// It is bound and never listened on, so nobody else can come to listen there meanwhile. A server
/// socket that was closed gives no such promise: while somebody is still inside `accept` the kernel
/// takes connections and resets them, and afterwards the port is free for all.
public final class RefusingPort implements AutoCloseable {

  private final Socket bound = new Socket();

  public RefusingPort() {
    try {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return bound.getLocalPort();
  }

  @Override
  public void close() {
    try {
      bound.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
