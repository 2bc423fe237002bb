package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Json;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One account's page of a list of stored resources, and what many of them are as one. *Immutable.*
///
/// @param name the field that holds the elements
/// @param items what is listed
/// @param more whether the account has more
/// @param token Google's word for the next page; null for none
public record StoredPage(String name, List<Item> items, boolean more, @Nullable String token) {

  /// One element.
  ///
  /// @param made when it was made, in an order of text or number; empty when it does not say
  public record Item(Slice json, String id, String made) {}

  /// Reads a page; null when it is none.
  public static @Nullable StoredPage read(Slice answer) {
    try {
      JsonReader json = JsonReader.ofObject(answer);
      String list = null;
      List<Item> items = new ArrayList<>();
      boolean more = false;
      String token = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "has_more" -> more = json.raw().text().equals("true");
          case "nextPageToken" -> token = json.isText() ? json.text() : null;
          default -> {
            if (json.isArray() && list == null) {
              list = name;
              elements(json.raw(), items);
              continue;
            }
          }
        }
        json.skip();
      }
      return new StoredPage(list == null ? "data" : list, items, more || token != null, token);
    } catch (Fault unreadable) {
      return null;
    }
  }

  private static void elements(Slice array, List<Item> items) throws Fault {
    JsonReader json = JsonReader.of(array);
    while (json.nextElement()) {
      Slice element = json.raw();
      items.add(item(element));
    }
  }

  private static Item item(Slice element) throws Fault {
    String id = "";
    String made = "";
    JsonReader json = JsonReader.of(element);
    if (json.isObject()) {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "id", "name" -> id = json.isText() && id.isEmpty() ? json.text() : id;
          case "created_at", "created", "createTime" ->
              made = json.isText() ? json.text() : json.raw().text();
          default -> {}
        }
        json.skip();
      }
    }
    return new Item(element, id, made);
  }

  /// The same items, the latest first, or the earliest.
  public static List<Item> sorted(List<Item> items, boolean ascending) {
    // Seconds of one length and ISO instants both sort as text.
    Comparator<Item> byAge =
        Comparator.comparingInt((Item item) -> item.made().length()).thenComparing(Item::made);
    return items.stream().sorted(ascending ? byAge : byAge.reversed()).toList();
  }

  /// Writes a page in the dialect's shape.
  public static byte[] write(
      Dialect dialect, String name, List<Item> items, boolean more, @Nullable String token) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    boolean google = dialect == Dialect.GEMINI_GENERATE;
    put(out, "{");
    if (!google && dialect != Dialect.ANTHROPIC_MESSAGES) {
      put(out, "\"object\":\"list\",");
    }
    out.writeBytes(Json.quoted(name));
    put(out, ":[");
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        put(out, ",");
      }
      Slice json = items.get(i).json();
      out.write(json.array(), json.offset(), json.length());
    }
    put(out, "]");
    if (!google) {
      put(out, ",\"first_id\":");
      id(out, items.isEmpty() ? null : items.getFirst());
      put(out, ",\"last_id\":");
      id(out, items.isEmpty() ? null : items.getLast());
      put(out, ",\"has_more\":" + more);
    } else if (token != null) {
      put(out, ",\"nextPageToken\":");
      out.writeBytes(Json.quoted(token));
    }
    put(out, "}");
    return out.toByteArray();
  }

  private static void id(ByteArrayOutputStream out, @Nullable Item item) {
    if (item == null) {
      put(out, "null");
    } else {
      out.writeBytes(Json.quoted(item.id()));
    }
  }

  private static void put(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
