package dev.forebay.control.google;

import dev.forebay.control.GoogleSettings;
import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.KeyKind;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Snapshot;
import dev.forebay.control.StoredAccount;
import dev.forebay.dialect.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What somebody should know about the connected accounts before it hurts.
public final class AccountWarnings {

  /// Google ends the refresh tokens of a consent screen in testing after a week.
  private static final Duration TESTING = Duration.ofDays(7);

  private static final Duration TOLERANCE = Duration.ofHours(12);

  private AccountWarnings() {}

  /// One warning.
  ///
  /// @param message one or two sentences for people
  /// @param keys the ids of the provider keys it is about
  /// @param project null when it is about none
  public record Warning(Kind kind, String message, List<String> keys, @Nullable String project) {
    public Warning {
      keys = List.copyOf(keys);
    }
  }

  /// What it is about.
  public enum Kind {
    SHARED_PROJECT,
    CONSENT_TESTING,
    OTHER_CLIENT,
    SCOPE_MISSING,
    CLIENT_MISSING
  }

  /// All that holds.
  ///
  /// @param client the OAuth client that is used; null when there is none
  public static List<Warning> of(
      List<AccountView> accounts, Snapshot snapshot, GoogleSettings.@Nullable Client client) {
    List<Warning> warnings = new ArrayList<>();
    sharing(snapshot, warnings);
    List<AccountView> people =
        accounts.stream().filter(view -> view.account().kind() == KeyKind.GOOGLE_ACCOUNT).toList();
    if (client == null) {
      add(
          warnings,
          Kind.CLIENT_MISSING,
          people,
          "There is no OAuth client to refresh these accounts with: they stop when their access"
              + " tokens end.");
    } else {
      add(
          warnings,
          Kind.OTHER_CLIENT,
          which(people, view -> !view.account().clientId().equals(client.id())),
          "These accounts were connected with another OAuth client: reconnect them, or enter that"
              + " client again.");
    }
    add(
        warnings,
        Kind.SCOPE_MISSING,
        which(people, view -> !view.account().scopes().contains(GoogleScopes.CLOUD)),
        "These accounts did not grant access to Google Cloud: their projects cannot be listed, and"
            + " Google may refuse to use a project's quota. Reconnect them and leave every box"
            + " ticked.");
    testing(people, client, warnings);
    return warnings;
  }

  private static List<AccountView> which(List<AccountView> views, Predicate<AccountView> test) {
    return views.stream().filter(test).toList();
  }

  private static void add(
      List<Warning> warnings, Kind kind, List<AccountView> views, String message) {
    if (!views.isEmpty()) {
      warnings.add(new Warning(kind, message, views.stream().map(AccountView::id).toList(), null));
    }
  }

  private static void sharing(Snapshot snapshot, List<Warning> warnings) {
    Map<String, List<ProviderKey>> groups = new LinkedHashMap<>();
    for (ProviderKey key : snapshot.keys().values()) {
      if (key.provider() == Provider.GEMINI && key.groupName() != null) {
        groups.computeIfAbsent(key.groupName(), _ -> new ArrayList<>()).add(key);
      }
    }
    groups.forEach((group, keys) -> {
      if (keys.size() > 1 && keys.stream().anyMatch(key -> key.account() != null)) {
        String names = joined(keys.stream().map(ProviderKey::name).sorted().toList());
        warnings.add(
            new Warning(
                Kind.SHARED_PROJECT,
                names
                    + " share the quota of "
                    + group
                    + ": together they carry no more than one of them.",
                keys.stream().map(ProviderKey::id).toList(),
                group));
      }
    });
  }

  /// "a, b and c".
  private static String joined(List<String> names) {
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static void testing(
      List<AccountView> people, GoogleSettings.@Nullable Client client, List<Warning> warnings) {
    boolean declared = client != null && client.publishing() == Publishing.TESTING;
    List<AccountView> concerned =
        which(people, view -> declared || diedInTesting(view.account()) || told(view.account()));
    if (concerned.isEmpty()) {
      return;
    }
    boolean died = concerned.stream().anyMatch(view -> diedInTesting(view.account()));
    String first =
        declared
            ? "The consent screen is in testing: Google ends accounts seven days after they were"
                + " connected."
            : died
                ? "Google ended accounts seven days after they were connected, as it does while the"
                    + " consent screen is in testing."
                : "Google says that these accounts end seven days after they were connected, as it"
                    + " does while the consent screen is in testing.";
    add(
        warnings,
        Kind.CONSENT_TESTING,
        concerned,
        first + " Publish it in Google's console, then reconnect them once more.");
  }

  /// Whether Google said at the consent that it lasts a week.
  private static boolean told(StoredAccount account) {
    Instant expires = account.expiresAt();
    return expires != null && isWeek(account.connectedAt(), expires);
  }

  private static boolean diedInTesting(StoredAccount account) {
    Instant ended = account.endedAt();
    return ended != null && isWeek(account.connectedAt(), ended);
  }

  private static boolean isWeek(Instant from, Instant to) {
    return Duration.between(from, to).minus(TESTING).abs().compareTo(TOLERANCE) <= 0;
  }

  /// When an account has to be reconnected at the latest; null when nobody knows.
  public static @Nullable Instant latest(
      StoredAccount account, GoogleSettings.@Nullable Client client) {
    if (account.expiresAt() != null || account.kind() != KeyKind.GOOGLE_ACCOUNT) {
      return account.expiresAt();
    }
    return client != null && client.publishing() == Publishing.TESTING
        ? account.connectedAt().plus(TESTING)
        : null;
  }
}
