package dev.forebay.dialect.gemini;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Turn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `mediaResolution`: how closely to look, of one part or of all.
final class Resolution {

  private static final String LEVEL = "MEDIA_RESOLUTION_";

  private Resolution() {}

  /// The word for what a part says of itself; null when it says nothing that has one.
  static @Nullable String ofPart(JsonReader json, Where where, Losses losses) throws Fault {
    if (!json.objectOrNull()) {
      return null;
    }
    String word = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("level")) {
        String level = json.textOrNull();
        word = level == null ? null : word(level);
      } else {
        // Others have words for it, but no numbers.
        if (!json.isNull()) {
          losses.lose(Feature.OWN_OPTION, where.then(name));
        }
        json.skip();
      }
    }
    return word;
  }

  static @Nullable String word(String level) {
    String name = level.toUpperCase(Locale.ROOT);
    return switch (name.startsWith(LEVEL) ? name.substring(LEVEL.length()) : name) {
      case "LOW" -> "low";
      case "MEDIUM" -> "medium";
      case "HIGH" -> "high";
      case "ULTRA_HIGH" -> "original";
      default -> null;
    };
  }

  /// The level for a word; null for `auto`, which is what nothing means, and for unknown ones.
  static @Nullable String level(String word) {
    return switch (word) {
      case "low" -> LEVEL + "LOW";
      case "medium" -> LEVEL + "MEDIUM";
      case "high" -> LEVEL + "HIGH";
      case "original" -> LEVEL + "ULTRA_HIGH";
      default -> null;
    };
  }

  /// What holds for the whole conversation: what is said so, else, for a model that cannot be told
  /// of single parts, what all of them say. The closest look there is only for single parts.
  static @Nullable String ofAll(Conversation conversation, boolean byPart) {
    if (conversation.detail() != null || byPart) {
      return conversation.detail();
    }
    String all = null;
    for (Turn turn : conversation.turns()) {
      for (Part part : turn.parts()) {
        if (part instanceof Media media) {
          String one = media.detail() == null ? "auto" : media.detail();
          if (all != null && !all.equals(one)) {
            return null;
          }
          all = one;
        }
      }
    }
    return "original".equals(all) ? null : all;
  }
}
