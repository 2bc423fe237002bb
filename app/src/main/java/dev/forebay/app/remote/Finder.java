package dev.forebay.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/// Finds keys in a list of the API by what people call them: `provider/name`, a name that only one
/// has, or the id.
///
/// @param what what they are, such as `provider key`
/// @param list which command shows them
public record Finder(String what, String list) {

  /// Keys of the pool.
  public static final Finder KEYS = new Finder("provider key", "forebay keys list");

  /// Keys of callers.
  public static final Finder CLIENTS = new Finder("client key", "forebay clients list");

  /// Connected Google accounts.
  public static final Finder ACCOUNTS = new Finder("Google account", "forebay accounts list");

  /// The named ones, in that order and each once; refused when one of them is not to be found.
  public Answer named(JsonNode all, List<String> names) {
    ArrayNode found = Json.array();
    List<String> ids = new ArrayList<>();
    for (String name : names) {
      List<JsonNode> matches = matches(all, name);
      if (matches.size() != 1) {
        return new Answer.Refused(matches.isEmpty() ? unknown(name) : ambiguous(name, matches));
      }
      JsonNode key = matches.getFirst();
      if (!ids.contains(key.path("id").asText())) {
        ids.add(key.path("id").asText());
        found.add(key);
      }
    }
    return new Answer.Good(found);
  }

  /// `anthropic/team-a`, or the name alone where there are no providers.
  public static String label(JsonNode key) {
    String name = key.path("name").asText();
    return key.has("provider") ? key.path("provider").asText() + "/" + name : name;
  }

  private static List<JsonNode> matches(JsonNode all, String name) {
    List<JsonNode> matches = new ArrayList<>();
    for (JsonNode key : all) {
      if (key.path("id").asText().equals(name)) {
        return List.of(key);
      }
      boolean called =
          key.path("name").asText().equals(name)
              || label(key).equals(name)
              || key.path("email").asText().equals(name);
      if (called && !key.has("revokedAt")) {
        matches.add(key);
      }
    }
    return matches;
  }

  private Refusal unknown(String name) {
    return Refusal.local(
        "not-found", "there is no " + what + " '" + name + "'; '" + list + "' shows them all");
  }

  private Refusal ambiguous(String name, List<JsonNode> matches) {
    return Refusal.local(
        "ambiguous",
        "'"
            + name
            + "' may be "
            + String.join(" or ", matches.stream().map(Finder::label).toList())
            + "; say which one");
  }
}
