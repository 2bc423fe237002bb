package dev.forebay.control.keys;

import dev.forebay.control.KeyNames;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks what people say of a key, and makes the row that is stored of it.
final class KeyRows {

  private static final int LONGEST_NOTE = 500;
  private static final int LONGEST_URL = 500;
  private static final int MOST_MODELS = 500;
  private static final int LONGEST_MODEL = 200;

  private KeyRows() {}

  /// The first thing that is wrong; null when nothing is.
  static KeyChange.@Nullable Invalid problem(KeyFields fields) {
    String name = fields.name();
    if (name != null && !KeyNames.valid(name)) {
      return new KeyChange.Invalid("name", "must be " + KeyNames.FORM);
    }
    if (fields.priority() < 1 || fields.priority() > 10) {
      return new KeyChange.Invalid("priority", "must be from 1 to 10, not " + fields.priority());
    }
    Long tokens = fields.dailyTokens();
    if (tokens != null && tokens < 1) {
      return new KeyChange.Invalid("dailyTokens", "must be at least 1; leave it out for no budget");
    }
    Long nanoDollars = fields.dailyNanoDollars();
    if (nanoDollars != null && nanoDollars < 1) {
      return new KeyChange.Invalid("dailyUsd", "must be more than 0; leave it out for no budget");
    }
    String models = modelsProblem(fields.models());
    if (models != null) {
      return new KeyChange.Invalid("models", models);
    }
    String url = urlProblem(fields.baseUrl());
    if (url != null) {
      return new KeyChange.Invalid("baseUrl", url);
    }
    String group = fields.limitGroup();
    if (group != null && !KeyNames.valid(group)) {
      return new KeyChange.Invalid("limitGroup", "must be " + KeyNames.FORM);
    }
    if (fields.note().length() > LONGEST_NOTE || fields.note().indexOf('\0') >= 0) {
      return new KeyChange.Invalid("note", "must have at most " + LONGEST_NOTE + " characters");
    }
    return null;
  }

  private static @Nullable String modelsProblem(Set<String> models) {
    if (models.size() > MOST_MODELS) {
      return "must be at most " + MOST_MODELS + " names";
    }
    for (String model : models) {
      if (model.isBlank()
          || model.length() > LONGEST_MODEL
          || model.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
        return "has a name that is empty, too long or not printable";
      }
      int star = model.indexOf('*');
      if (star >= 0 && star != model.length() - 1) {
        return "has '" + model + "'; a '*' may stand only at the end, as in 'gpt-6*'";
      }
    }
    return null;
  }

  private static @Nullable String urlProblem(@Nullable String url) {
    if (url == null) {
      return null;
    }
    if (url.length() > LONGEST_URL) {
      return "must have at most " + LONGEST_URL + " characters";
    }
    try {
      Origin.parse(url);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Where the requests of such a key go.
  static Origin origin(Provider provider, @Nullable String baseUrl) {
    return baseUrl == null ? Origin.of(provider) : Origin.parse(baseUrl);
  }

  /// The row of a key that has been checked and named.
  static StoredKey row(
      String workspace,
      String id,
      Provider provider,
      String name,
      StoredSecret secret,
      String suffix,
      KeyFields fields,
      Instant createdAt,
      Instant updatedAt) {
    Long tokens = fields.dailyTokens();
    Long money = fields.dailyNanoDollars();
    return new StoredKey(
        workspace,
        id,
        provider.id(),
        name,
        secret,
        suffix,
        fields.limitGroup(),
        fields.priority(),
        tokens == null ? Long.MAX_VALUE : tokens,
        money == null ? Long.MAX_VALUE : money,
        fields.models(),
        fields.baseUrl(),
        fields.paused(),
        fields.note(),
        createdAt,
        updatedAt);
  }

  /// What a row says, so that an edit can begin from it.
  static KeyFields fields(StoredKey row) {
    return new KeyFields(
        Provider.of(row.provider()),
        row.name(),
        row.priority(),
        row.dailyTokens() == Long.MAX_VALUE ? null : row.dailyTokens(),
        row.dailyNanoDollars() == Long.MAX_VALUE ? null : row.dailyNanoDollars(),
        row.models(),
        row.baseUrl(),
        row.limitGroup(),
        row.note(),
        row.paused());
  }
}
