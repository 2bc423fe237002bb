package dev.forebay.dialect.gemini;

/// The two spellings of field names: as in JSON, and as in the protocol's own files.
final class Spelling {

  private Spelling() {}

  /// `inline_data` as `inlineData`; what has no underscore as it is.
  static String camel(String name) {
    int underscore = name.indexOf('_');
    if (underscore <= 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
