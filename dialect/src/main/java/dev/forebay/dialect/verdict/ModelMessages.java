package dev.forebay.dialect.verdict;

/// Tells a missing model from a missing resource by how the message of a 404 begins.
final class ModelMessages {

  private static final String[] LEADS = {"the ", "this ", "requested "};

  private ModelMessages() {}

  /// Whether the message is about a model: "model: claude-x", "The model `gpt-x` does not exist",
  /// "This model models/gemini-x is no longer available", "models/gemini-x is not found".
  static boolean aboutModel(String message) {
    int at = 0;
    for (String lead : LEADS) {
      if (message.regionMatches(true, at, lead, 0, lead.length())) {
        at += lead.length();
      }
    }
    return message.regionMatches(true, at, "model", 0, 5) || message.startsWith("tunedModels/", at);
  }
}
