package dev.forebay.control.keys;

import dev.forebay.control.KeyNames;
import dev.forebay.control.keys.ImportReport.Line;
import dev.forebay.control.keys.ImportReport.State;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a paste of many keys, a line each: a secret alone, `name, secret` or `provider, name,
/// secret`, separated by commas, tabs or spaces. Confined to one import.
///
/// A line that cannot be used says why and is never repeated: it may hold a secret anywhere.
final class KeyPaste {

  private final KeyBook book;
  private final KeyFields defaults;
  private final List<Line> lines = new ArrayList<>();
  private final List<Fresh> fresh = new ArrayList<>();
  private int duplicates;
  private int bad;

  KeyPaste(KeyBook book, KeyFields defaults) {
    this.book = book;
    this.defaults = defaults;
  }

  /// A key that is to be added.
  record Fresh(Provider provider, String name, Secret secret) {}

  /// Reads the whole paste.
  void read(String text) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String trimmed = line.strip();
      if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
        read(number, trimmed);
      }
    }
  }

  List<Fresh> fresh() {
    return fresh;
  }

  ImportReport report() {
    return new ImportReport(fresh.size(), duplicates, bad, lines, null);
  }

  private void read(int number, String line) {
    List<String> parts = parts(line);
    String clear = parts.getLast();
    String problem = SecretShape.problem(clear);
    if (parts.size() > 3 || clear.isEmpty()) {
      bad(number, "must be a secret, 'name, secret' or 'provider, name, secret'");
    } else if (problem != null) {
      bad(number, "the secret " + problem);
    } else {
      read(number, parts, clear);
    }
  }

  private void read(int number, List<String> parts, String clear) {
    String first = parts.size() > 1 ? parts.getFirst() : "";
    Provider named = Provider.of(first.toLowerCase(Locale.ROOT));
    boolean hasProvider = parts.size() == 3 || (parts.size() == 2 && named != null);
    if (hasProvider && named == null) {
      bad(number, "the provider is none of anthropic, openai, gemini");
      return;
    }
    Provider provider = hasProvider ? named : defaults.provider();
    if (provider == null) {
      provider = SecretShape.provider(clear);
    }
    if (provider == null) {
      bad(number, "nobody's keys look like this; say whose it is, as in 'openai, name, secret'");
      return;
    }
    if (defaults.baseUrl() == null && SecretShape.contradicts(clear, provider)) {
      bad(number, "the secret looks like another provider's than " + provider.id());
      return;
    }
    int names = parts.size() - (hasProvider ? 2 : 1);
    String name = names == 1 ? parts.get(parts.size() - 2) : "";
    add(number, provider, name.isEmpty() ? null : name, Secret.of(clear));
  }

  private void add(int number, Provider provider, @Nullable String given, Secret secret) {
    Origin origin = KeyRows.origin(provider, defaults.baseUrl());
    String holder = book.holder(provider, secret, origin);
    if (holder != null) {
      duplicates++;
      lines.add(
          new Line(
              number,
              State.DUPLICATE,
              provider.id(),
              holder,
              secret.suffix(),
              "is the key '" + holder + "' already"));
      return;
    }
    if (given != null && (!KeyNames.valid(given) || SecretShape.provider(given) != null)) {
      bad(number, "the name must be " + KeyNames.FORM);
      return;
    }
    if (given != null && book.hasName(provider, given)) {
      bad(number, "another " + provider.id() + " key has that name already");
      return;
    }
    String name = given == null ? book.freeName(provider) : given;
    String twin = book.twin(provider, secret);
    book.add(provider, name, secret, origin);
    fresh.add(new Fresh(provider, name, secret));
    lines.add(new Line(number, State.NEW, provider.id(), name, secret.suffix(), twin));
  }

  private void bad(int number, String message) {
    bad++;
    lines.add(new Line(number, State.BAD, null, null, null, message));
  }

  /// Commas and tabs separate first, so that names may have spaces.
  private static List<String> parts(String line) {
    char separator = line.indexOf('\t') >= 0 ? '\t' : line.indexOf(',') >= 0 ? ',' : ' ';
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || line.charAt(i) == separator) {
        String part = unquoted(line.substring(from, i).strip());
        if (!part.isEmpty() || separator != ' ') {
          parts.add(part);
        }
        from = i + 1;
      }
    }
    while (parts.size() > 1 && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts;
  }

  private static String unquoted(String part) {
    int last = part.length() - 1;
    boolean quoted =
        last > 0
            && Arrays.asList('"', '\'').contains(part.charAt(0))
            && part.charAt(0) == part.charAt(last);
    return quoted ? part.substring(1, last).strip() : part;
  }
}
