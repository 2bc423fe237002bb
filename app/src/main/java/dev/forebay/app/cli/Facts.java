package dev.forebay.app.cli;

import dev.forebay.control.Config;
import dev.forebay.control.ProviderKey;
import dev.forebay.dialect.Provider;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// What is set up, in short lines and without secrets.
final class Facts {
  private Facts() {}

  static Map<String, String> of(Config config) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("listen", config.settings().listen().toString());
    facts.put("data", storage(config));
    facts.put("keys", keys(config.keys()));
    facts.put("client keys", Integer.toString(config.clientKeys().size()));
    if (!config.aliases().isEmpty()) {
      facts.put("aliases", Integer.toString(config.aliases().size()));
    }
    return facts;
  }

  static String storage(Config config) {
    return config.data() + (config.database() == null ? " (SQLite)" : " (PostgreSQL)");
  }

  /// `3: anthropic 2, openai 1`.
  static String keys(Collection<ProviderKey> keys) {
    if (keys.isEmpty()) {
      return "none";
    }
    StringJoiner counted = new StringJoiner(", ", keys.size() + ": ", "");
    for (Provider provider : Provider.values()) {
      long count = keys.stream().filter(key -> key.provider() == provider).count();
      if (count > 0) {
        counted.add(provider.id() + " " + count);
      }
    }
    return counted.toString();
  }
}
