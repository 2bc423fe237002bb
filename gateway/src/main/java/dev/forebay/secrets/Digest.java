package dev.forebay.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The one-way form in which client keys are stored and looked up.
///
/// A client key is 32 random characters, so that a plain hash cannot be reversed by guessing; a
/// slow password hash would only cost every request.
public final class Digest {

  private Digest() {}

  /// SHA-256 of the text's UTF-8 bytes, in lower-case hex.
  public static String sha256(String text) {
    return sha256(text.getBytes(UTF_8));
  }

  /// SHA-256 of the bytes, in lower-case hex.
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing, which every Java platform has", e);
    }
  }
}
