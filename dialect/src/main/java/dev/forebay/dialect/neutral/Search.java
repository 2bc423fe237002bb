package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the web is to be searched. *Immutable.*
///
/// @param size how much of what is found the model gets to read: `low`, `medium`, `high`
/// @param place where the user is, roughly
/// @param allowed the only domains to search; empty when all may be
/// @param blocked domains not to search
/// @param own how its own dialect says it
public record Search(
    @Nullable String size,
    @Nullable Place place,
    List<String> allowed,
    List<String> blocked,
    Part.@Nullable Cache cache,
    Own own) {

  public Search {
    allowed = List.copyOf(allowed);
    blocked = List.copyOf(blocked);
  }

  /// Loses the options that a dialect has no place for, among those that others have.
  public void lose(Dialect target, Where where, Losses losses) {
    lose(Feature.SEARCH_SIZE, size != null, target, where, losses);
    lose(Feature.SEARCH_PLACE, place != null, target, where, losses);
    lose(Feature.SEARCH_ALLOWED, !allowed.isEmpty(), target, where, losses);
    lose(Feature.SEARCH_BLOCKED, !blocked.isEmpty(), target, where, losses);
    if (cache != null && target != Dialect.ANTHROPIC_MESSAGES) {
      losses.lose(Feature.CACHE_MARK, where);
    }
    if (own.dialect != target) {
      own.options.forEach(option -> losses.lose(Feature.TOOL_OPTIONS, where.then(option.name)));
    }
  }

  private void lose(Feature feature, boolean said, Dialect target, Where where, Losses losses) {
    if (said && feature.in(target).mayLose()) {
      String field = feature.in(own.dialect).field();
      losses.lose(feature, field == null ? where : where.then(field));
    }
  }

  /// Loses how often at most it may search.
  public void loseCalls(Where where, Losses losses) {
    if (own.dialect == Dialect.ANTHROPIC_MESSAGES) {
      losses.lose(Feature.HOSTED_CALLS, where.then("max_uses"));
    } else {
      losses.lose(Feature.HOSTED_CALLS);
    }
  }

  /// Writes what only this dialect has.
  public void writeOwn(Dialect dialect, JsonWriter out) {
    if (own.dialect == dialect) {
      own.options.forEach(option -> out.field(option.name, option.json));
    }
  }

  /// What the dialect calls the tool; the usual word when it was said in another.
  public String type(Dialect dialect, String usual) {
    return own.dialect == dialect ? own.type : usual;
  }

  /// What only one dialect can say of it.
  ///
  /// @param type what it calls the tool
  public record Own(Dialect dialect, String type, List<Option> options) {
    public Own {
      options = List.copyOf(options);
    }
  }

  /// @param json its value
  public record Option(String name, Slice json) {}

  /// A place as people say it.
  ///
  /// @param country its two letters
  /// @param timezone its IANA name
  public record Place(
      @Nullable String city,
      @Nullable String country,
      @Nullable String region,
      @Nullable String timezone) {

    /// Reads the object that is current; chat nests it once more.
    public static Place read(JsonReader json, Where where, Losses losses) throws Fault {
      String city = null;
      String country = null;
      String region = null;
      String timezone = null;
      Place nested = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "city" -> city = json.textOrNull();
          case "country" -> country = json.textOrNull();
          case "region" -> region = json.textOrNull();
          case "timezone" -> timezone = json.textOrNull();
          // There is one type only: it is approximate.
          case "type" -> json.skip();
          case "approximate" ->
              nested = json.objectOrNull() ? read(json, where.then(name), losses) : null;
          default -> {
            losses.lose(Feature.UNKNOWN, where.then(name));
            json.skip();
          }
        }
      }
      return nested == null ? new Place(city, country, region, timezone) : nested;
    }

    /// Writes its fields into the object that is open.
    public void write(JsonWriter out) {
      out.optional("city", city).optional("country", country);
      out.optional("region", region).optional("timezone", timezone);
    }
  }
}
