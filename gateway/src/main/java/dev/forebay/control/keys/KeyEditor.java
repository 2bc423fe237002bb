package dev.forebay.control.keys;

import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Words;
import dev.forebay.dialect.Provider;
import dev.forebay.pool.Ticker;
import dev.forebay.prices.Cost;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Works out what an edit makes of one row. Confined to one change.
final class KeyEditor {

  private static final String PRIORITY = "key.priority";

  private final StoredKey row;
  private final KeyEdit edit;
  private final @Nullable String newSecret;
  private final Ticker ticker;

  KeyEditor(StoredKey row, KeyEdit edit, @Nullable String newSecret, Ticker ticker) {
    this.row = row;
    this.edit = edit;
    this.newSecret = newSecret == null ? null : newSecret.strip();
    this.ticker = ticker;
  }

  /// A row that is good to be stored.
  ///
  /// @param detail what changed, without the secret
  record Changed(StoredKey row, String action, String detail) {}

  /// Checks the edit and hands the new row over, or says what is wrong.
  ///
  /// @param others all keys but this one
  KeyChange apply(KeyBook others, Function<Changed, KeyChange> store) {
    Provider provider = Provider.of(row.provider());
    if (provider == null) {
      return new KeyChange.Conflict(
          "this release does not know the provider '" + row.provider() + "'");
    }
    KeyFields before = KeyRows.fields(row);
    KeyFields after = after(before, provider);
    KeyChange.Invalid invalid = after.name() == null ? cleared() : KeyRows.problem(after);
    if (invalid != null) {
      return invalid;
    }
    StoredSecret secret = row.secret();
    String suffix = row.suffix();
    if (newSecret != null && row.account() != null) {
      return new KeyChange.Invalid(
          "secret", "belongs to API keys only; a connected account is reconnected");
    }
    if (newSecret != null) {
      String wrong = SecretShape.problem(newSecret);
      if (wrong != null) {
        return new KeyChange.Invalid("secret", wrong);
      }
      if (after.baseUrl() == null && SecretShape.contradicts(newSecret, provider)) {
        return new KeyChange.Invalid(
            "secret", "looks like another provider's key than " + provider.id());
      }
      secret = new StoredSecret.Opened(Secret.of(newSecret));
      suffix = Secret.of(newSecret).suffix();
    }
    String name = Objects.requireNonNull(after.name());
    if (!name.equals(row.name()) && others.hasName(provider, name)) {
      return new KeyChange.Conflict("another " + provider.id() + " key is called '" + name + "'");
    }
    if (secret instanceof StoredSecret.Opened(Secret clear)) {
      String holder = others.holder(provider, clear, KeyRows.origin(provider, after.baseUrl()));
      if (holder != null) {
        return new KeyChange.Conflict("this key is there already: '" + holder + "'");
      }
    }
    return store.apply(
        new Changed(
            KeyRows.row(
                    row.workspace(),
                    row.id(),
                    provider,
                    name,
                    secret,
                    suffix,
                    after,
                    row.createdAt(),
                    ticker.now())
                .withAccount(row.account()),
            action(before, after),
            detail(before, after, suffix)));
  }

  private static KeyChange.Invalid cleared() {
    return new KeyChange.Invalid("name", "must not be empty");
  }

  private KeyFields after(KeyFields before, Provider provider) {
    Integer priority = edit.priority().over(before.priority(), KeyFields.NORMAL_PRIORITY);
    Set<String> models = edit.models().over(before.models(), Set.of());
    String note = edit.note().over(before.note(), "");
    Boolean paused = edit.paused().over(before.paused(), false);
    return new KeyFields(
        provider,
        edit.name().over(before.name(), null),
        priority == null ? KeyFields.NORMAL_PRIORITY : priority,
        edit.dailyTokens().over(before.dailyTokens(), null),
        edit.dailyNanoDollars().over(before.dailyNanoDollars(), null),
        models == null ? Set.of() : models,
        blankAsNull(edit.baseUrl().over(before.baseUrl(), null)),
        blankAsNull(edit.limitGroup().over(before.limitGroup(), null)),
        note == null ? "" : note,
        paused != null && paused);
  }

  private static @Nullable String blankAsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /// A change of one thing has a name of its own.
  private String action(KeyFields before, KeyFields after) {
    boolean onlyPriority =
        newSecret == null
            && before.priority() != after.priority()
            && edit.equals(KeyEdit.NONE.withPriority(edit.priority()));
    return onlyPriority ? PRIORITY : "key.edited";
  }

  private String detail(KeyFields before, KeyFields after, String suffix) {
    List<String> said = new ArrayList<>();
    if (newSecret != null) {
      said.add("a new secret, which ends in " + suffix + " instead of " + row.suffix());
    }
    say(said, "name ", before.name(), after.name());
    String priority = action(before, after).equals(PRIORITY) ? "" : "priority ";
    say(said, priority, before.priority(), after.priority());
    say(said, "daily tokens ", tokens(before.dailyTokens()), tokens(after.dailyTokens()));
    say(
        said,
        "daily budget ",
        dollars(before.dailyNanoDollars()),
        dollars(after.dailyNanoDollars()));
    say(said, "base URL ", before.baseUrl(), after.baseUrl());
    say(said, "limit group ", before.limitGroup(), after.limitGroup());
    say(said, "models ", models(before.models()), models(after.models()));
    if (before.paused() != after.paused()) {
      said.add(after.paused() ? "paused" : "resumed");
    }
    if (!before.note().equals(after.note())) {
      said.add("another note");
    }
    return String.join("; ", said);
  }

  private static @Nullable String tokens(@Nullable Long count) {
    return count == null ? null : String.format(Locale.ROOT, "%,d", count);
  }

  private static @Nullable Cost dollars(@Nullable Long nanos) {
    return nanos == null ? null : new Cost(nanos);
  }

  private static String models(Set<String> models) {
    return models.isEmpty() ? "all" : String.join(", ", new TreeSet<>(models));
  }

  private static void say(
      List<String> said, String what, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      said.add(what + Words.change(before, after));
    }
  }
}
