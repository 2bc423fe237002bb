package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What a request for a list of stored resources wants: how many, from where on, in which order.
/// *Immutable.*
///
/// @param path path and query as the client sent them
/// @param limit how many elements; -1 when the provider is to say
/// @param cursor the element behind which it goes on, or Google's token; null at the beginning
/// @param account whose account a token of Google's belongs to; null where the cursor does not say
/// @param ascending the earliest come first
public record StoredQuery(
    String path,
    int limit,
    @Nullable String cursor,
    @Nullable String account,
    boolean ascending,
    Dialect dialect) {

  private static final int MOST = 10_000;

  /// Reads the query of a path.
  public static StoredQuery of(Dialect dialect, String path) {
    int question = path.indexOf('?');
    String query = question < 0 ? null : path.substring(question + 1);
    String cursor = QueryString.last(query, cursorName(dialect));
    String account = null;
    if (cursor != null && dialect == Dialect.GEMINI_GENERATE) {
      Token token = Token.of(cursor);
      account = token.account();
      cursor = token.rest();
    }
    return new StoredQuery(
        path,
        limit(QueryString.last(query, limitName(dialect))),
        cursor,
        account,
        "asc".equals(QueryString.last(query, "order")),
        dialect);
  }

  private static int limit(@Nullable String text) {
    try {
      return text == null ? -1 : Math.clamp(Integer.parseInt(text), 1, MOST);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String cursorName(Dialect dialect) {
    return switch (dialect) {
      case ANTHROPIC_MESSAGES -> "after_id";
      case OPENAI_CHAT, OPENAI_RESPONSES -> "after";
      case GEMINI_GENERATE -> "pageToken";
    };
  }

  private static String limitName(Dialect dialect) {
    return dialect == Dialect.GEMINI_GENERATE ? "pageSize" : "limit";
  }

  /// Path and query for one account.
  ///
  /// @param fromCursor from the cursor on, and not from the beginning
  /// @param most how many elements; -1 when the provider is to say
  public String path(boolean fromCursor, int most) {
    int question = path.indexOf('?');
    StringBuilder edited = new StringBuilder(question < 0 ? path : path.substring(0, question));
    char next = '?';
    String query = question < 0 ? "" : path.substring(question + 1);
    for (String part : query.split("&")) {
      int equals = part.indexOf('=');
      String name = QueryString.decoded(equals < 0 ? part : part.substring(0, equals));
      if (!part.isEmpty()
          && !name.equals(cursorName(dialect))
          && !name.equals(limitName(dialect))) {
        edited.append(next).append(part);
        next = '&';
      }
    }
    if (most > 0) {
      edited.append(next).append(limitName(dialect)).append('=').append(most);
      next = '&';
    }
    String from = cursor;
    if (fromCursor && from != null && !from.isEmpty()) {
      edited.append(next).append(cursorName(dialect)).append('=');
      edited.append(QueryString.encodedPath(from).replace("/", "%2F"));
    }
    return edited.toString();
  }

  /// A token that says whose account it belongs to.
  public static String token(String account, String token) {
    String both = Integer.toHexString(account.hashCode()) + "." + token;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /// What [#token] wrote; a token of Google's own belongs to nobody that is known.
  private record Token(@Nullable String account, String rest) {

    static Token of(String token) {
      try {
        String both = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int dot = both.indexOf('.');
        return dot < 0
            ? new Token(null, token)
            : new Token(both.substring(0, dot), both.substring(dot + 1));
      } catch (IllegalArgumentException e) {
        return new Token(null, token);
      }
    }
  }

  /// Whether what a cursor says of its owner means this account.
  ///
  /// @param owner the account, or what a token says of it; null for nothing
  public static boolean names(@Nullable String owner, String account) {
    return owner != null
        && (owner.equals(account) || owner.equals(Integer.toHexString(account.hashCode())));
  }
}
