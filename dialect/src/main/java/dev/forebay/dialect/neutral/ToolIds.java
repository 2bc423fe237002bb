package dev.forebay.dialect.neutral;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids and names, of tools above all, as every provider takes them.
///
/// The same one always becomes the same other, so that a call and its result agree across turns
/// without anybody remembering them.
public final class ToolIds {

  /// What all providers take as the id of a call.
  private static final int LONGEST_ID = 40;

  private static final int LONGEST_NAME = 64;
  private static final int HASH_BYTES = 12;

  private ToolIds() {}

  /// An id of letters, digits, `_` and `-`, at most forty of them.
  public static String id(String id) {
    return isPlain(id, LONGEST_ID) ? id : "call_" + hash(id, HASH_BYTES);
  }

  /// A name of letters, digits, `_` and `-`, at most sixty-four of them.
  public static String name(String name) {
    if (isPlain(name, LONGEST_NAME)) {
      return name;
    }
    StringBuilder fitted = new StringBuilder(LONGEST_NAME);
    for (int i = 0; i < name.length() && i < LONGEST_NAME - 9; i++) {
      char c = name.charAt(i);
      fitted.append(isPlain(c) ? c : '_');
    }
    return fitted.append('_').append(hash(name, 4)).toString();
  }

  /// An id for a call that came without one.
  public static String made(String answerId, int choice, int call) {
    return "call_" + hash(answerId + "/" + choice + "/" + call, HASH_BYTES);
  }

  /// An id for a piece of an answer, of a kind that clients know by its beginning.
  public static String item(String kind, String answerId, int index) {
    return kind + "_" + hash(answerId + "/" + index, HASH_BYTES);
  }

  private static boolean isPlain(String text, int longest) {
    if (text.isEmpty() || text.length() > longest) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
