package dev.forebay.dialect.gemini;

import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Citation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what backs an answer up, as `groundingMetadata`. *Confined to one call.*
///
/// Each source is named once, and each backed place points to its source. Places are counted in
/// bytes of UTF-8 here.
final class Sources {

  private record Source(String kind, String address, String title, String words) {}

  private record Place(int from, int to, int source) {}

  private final String text;
  private final List<Source> sources = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /// @param text the whole answer
  Sources(String text) {
    this.text = text;
  }

  /// @param from where the text it stands on begins, which is meant when it names no place
  /// @param to where that text ends
  void add(Citation citation, int from, int to) {
    Source source = source(citation);
    if (source == null) {
      return;
    }
    int known = sources.indexOf(source);
    if (known < 0) {
      known = sources.size();
      sources.add(source);
    }
    int begins = citation.from() < 0 ? from : Math.min(citation.from(), text.length());
    int ends = citation.to() < 0 ? to : Math.min(citation.to(), text.length());
    places.add(new Place(begins, Math.max(begins, ends), known));
  }

  /// A page of the web, else a document that has a title.
  private static @Nullable Source source(Citation citation) {
    String title = citation.title() == null ? "" : citation.title();
    if (citation.url() != null) {
      return new Source("web", citation.url(), title, "");
    }
    String words = citation.quote() == null ? "" : citation.quote();
    return title.isEmpty() ? null : new Source("retrievedContext", "", title, words);
  }

  void write(JsonWriter out) {
    if (sources.isEmpty()) {
      return;
    }
    out.object("groundingMetadata").array("groundingChunks");
    for (Source source : sources) {
      out.object().object(source.kind());
      said("uri", source.address(), out);
      said("title", source.title(), out);
      said("text", source.words(), out);
      out.endObject().endObject();
    }
    out.endArray().array("groundingSupports");
    for (Place place : places) {
      out.object().object("segment").field("startIndex", bytes(place.from()));
      out.field("endIndex", bytes(place.to()));
      out.field("text", text.substring(place.from(), place.to())).endObject();
      out.array("groundingChunkIndices").number(place.source()).endArray().endObject();
    }
    out.endArray().endObject();
  }

  private static void said(String field, String value, JsonWriter out) {
    if (!value.isEmpty()) {
      out.field(field, value);
    }
  }

  private int bytes(int characters) {
    return text.substring(0, characters).getBytes(StandardCharsets.UTF_8).length;
  }
}
