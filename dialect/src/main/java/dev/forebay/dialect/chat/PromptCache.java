package dev.forebay.dialect.chat;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Target;
import org.jspecify.annotations.Nullable;

/// The prompt cache, of which OpenAI's dialects speak alike.
public final class PromptCache {

  private static final String SHORT = "30m";
  private static final String LONG = "12h";

  private PromptCache() {}

  /// Reads a `prompt_cache_breakpoint`; null when it is null.
  public static Part.@Nullable Cache mark(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return null;
    }
    Part.Cache life = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("ttl")) {
        life = life(json.textOrNull());
      } else {
        json.skip();
      }
    }
    return life == null ? Part.Cache.USUAL : life;
  }

  private static Part.@Nullable Cache life(@Nullable String ttl) {
    return switch (ttl) {
      case SHORT -> Part.Cache.SHORT;
      case LONG -> Part.Cache.LONG;
      case null, default -> null;
    };
  }

  private static @Nullable String ttl(Part.@Nullable Cache life) {
    return switch (life) {
      case SHORT -> SHORT;
      case LONG -> LONG;
      case USUAL -> null;
      case null -> null;
    };
  }

  /// Writes a mark into the part that is open, where there is one.
  public static JsonWriter mark(Part.@Nullable Cache cache, JsonWriter out) {
    if (cache == null) {
      return out;
    }
    out.object("prompt_cache_breakpoint").field("mode", "explicit");
    return out.optional("ttl", ttl(cache)).endObject();
  }

  /// Reads `prompt_cache_options`.
  public static void options(JsonReader json, Conversation.Draft draft, Losses losses)
      throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "mode" -> {
          String mode = json.textOrNull();
          draft.cachesItself = mode == null ? null : Boolean.valueOf(!mode.equals("explicit"));
        }
        case "ttl" -> draft.cacheLife = life(json.textOrNull());
        case "comparison_response_id" -> lost(Feature.SERVER_STATE, name, json, losses);
        case "prewarm" -> lost(Feature.OWN_OPTION, name, json, losses);
        default -> lost(Feature.UNKNOWN, name, json, losses);
      }
    }
  }

  private static void lost(Feature feature, String name, JsonReader json, Losses losses)
      throws Fault {
    if (!json.isNull()) {
      losses.lose(feature, "prompt_cache_options." + name);
    }
    json.skip();
  }

  /// Writes `prompt_cache_options` and the older word, as far as the target takes them.
  public static void options(
      Conversation.Caching caching, Target target, Losses losses, JsonWriter out) {
    out.optional("prompt_cache_retention", caching.retention());
    Boolean automatic = caching.automatic();
    String ttl = ttl(caching.life());
    boolean tooLong = target.dialect() == Dialect.OPENAI_CHAT && LONG.equals(ttl);
    if (!target.traits().marks()) {
      // Such models have a cache all the same, and nothing to set there.
      if (Boolean.FALSE.equals(automatic) || LONG.equals(ttl)) {
        losses.lose(Feature.CACHE_MODE);
      }
      return;
    }
    if (tooLong) {
      losses.lose(Feature.CACHE_MODE);
      ttl = null;
    }
    if (automatic == null && ttl == null) {
      return;
    }
    out.object("prompt_cache_options");
    if (automatic != null) {
      out.field("mode", automatic ? "implicit" : "explicit");
    }
    out.optional("ttl", ttl).endObject();
  }
}
