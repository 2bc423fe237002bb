package dev.forebay.control;

import java.util.Locale;

/// An address to listen on. *Immutable.*
///
/// @param host a name or address; an IPv6 address without its brackets
/// @param port 0 to 65535, where 0 lets the operating system choose
public record HostPort(String host, int port) {

  /// Checks the ranges.
  public HostPort {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is empty; write for example 127.0.0.1:4400");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /// Reads `host:port`, `[::1]:port`, `:port` (every address) or a bare port (loopback).
  ///
  /// @throws IllegalArgumentException with a message for people
  public static HostPort parse(String text) {
    String trimmed = text.trim();
    int colon = trimmed.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : trimmed.substring(0, colon);
    String digits = trimmed.substring(colon + 1);
    if (host.isEmpty()) {
      host = "0.0.0.0";
    } else if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf('/') >= 0 || host.indexOf(' ') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not host:port, as in 127.0.0.1:4400 (no http://, no path)");
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address; an IPv6 address needs brackets, as in [::1]:4400");
    }
    try {
      return new HostPort(host, Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not host:port, as in 127.0.0.1:4400; the port is a number", e);
    }
  }

  /// Whether only this machine can reach the address.
  public boolean isLoopback() {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("::1") || name.startsWith("127.");
  }

  /// The URL a client on this machine would use.
  public String url() {
    String name =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::", "0:0:0:0:0:0:0:0" -> "[::1]";
          default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        };
    return "http://" + name + ":" + port;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
