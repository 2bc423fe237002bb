package dev.forebay.dialect.gemini;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.neutral.Citation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What backs an answer up: `groundingMetadata` and `citationMetadata`. *Confined to one call.*
///
/// Whatever is odd in them is passed over: the answer is good without. Places are counted in bytes
/// of UTF-8 there, and in characters everywhere else.
final class Grounding {

  private record Page(@Nullable String uri, @Nullable String title, @Nullable String words) {}

  private record Support(int from, int to, List<Integer> pages) {}

  private final List<Page> pages = new ArrayList<>();
  private final List<Support> supports = new ArrayList<>();
  private final List<Citation> sources = new ArrayList<>();

  /// Reads the `groundingMetadata` that is current.
  void grounding(JsonReader json) throws Fault {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("groundingChunks") && json.isArray()) {
        while (json.nextElement()) {
          pages.add(page(json));
        }
      } else if (name.equals("groundingSupports") && json.isArray()) {
        while (json.nextElement()) {
          supports.add(support(json));
        }
      } else {
        json.skip();
      }
    }
  }

  private static Page page(JsonReader json) throws Fault {
    String uri = null;
    String title = null;
    String words = null;
    if (!json.isObject()) {
      json.skip();
      return new Page(null, null, null);
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (json.isObject()) {
        for (String field = json.nextName(); field != null; field = json.nextName()) {
          switch (field) {
            case "uri" -> uri = json.textOrSkip();
            case "title" -> title = json.textOrSkip();
            case "text" -> words = json.textOrSkip();
            default -> json.skip();
          }
        }
      } else {
        json.skip();
      }
    }
    return new Page(uri, title, words);
  }

  private static Support support(JsonReader json) throws Fault {
    int[] place = {0, -1};
    List<Integer> pages = new ArrayList<>();
    if (!json.isObject()) {
      json.skip();
      return new Support(0, -1, pages);
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("segment") && json.isObject()) {
        for (String field = json.nextName(); field != null; field = json.nextName()) {
          switch (field) {
            case "startIndex" -> place[0] = index(json);
            case "endIndex" -> place[1] = index(json);
            default -> json.skip();
          }
        }
      } else if (name.equals("groundingChunkIndices") && json.isArray()) {
        while (json.nextElement()) {
          pages.add(index(json));
        }
      } else {
        json.skip();
      }
    }
    return new Support(place[0], place[1], pages);
  }

  private static int index(JsonReader json) throws Fault {
    Long index = json.wholeOrSkip();
    return index == null ? -1 : (int) Math.clamp(index, -1, Integer.MAX_VALUE);
  }

  /// Reads the `citationMetadata` that is current.
  void citations(JsonReader json) throws Fault {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      boolean list = name.equals("citationSources") || name.equals("citations");
      if (!list || !json.isArray()) {
        json.skip();
        continue;
      }
      while (json.nextElement()) {
        if (json.isObject()) {
          sources.add(source(json));
        } else {
          json.skip();
        }
      }
    }
  }

  private static Citation source(JsonReader json) throws Fault {
    String uri = null;
    String title = null;
    int from = 0;
    int to = -1;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "uri" -> uri = json.textOrSkip();
        case "title" -> title = json.textOrSkip();
        case "startIndex" -> from = index(json);
        case "endIndex" -> to = index(json);
        default -> json.skip();
      }
    }
    return new Citation(uri, title, null, to < 0 ? -1 : from, to);
  }

  /// What has been read, for a text that is known; places outside of it are left out.
  List<Citation> told(String text) {
    List<Citation> told = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (Support support : supports) {
      for (int page : support.pages()) {
        if (page >= 0 && page < pages.size()) {
          Page backing = pages.get(page);
          int to = characters(bytes, support.to());
          int from = to < 0 ? -1 : characters(bytes, support.from());
          told.add(new Citation(backing.uri(), backing.title(), backing.words(), from, to));
        }
      }
    }
    for (Citation source : sources) {
      int to = characters(bytes, source.to());
      int from = to < 0 ? -1 : characters(bytes, source.from());
      told.add(new Citation(source.url(), source.title(), null, from, to));
    }
    return told;
  }

  private static int characters(byte[] bytes, int index) {
    return index < 0 || index > bytes.length
        ? -1
        : new String(bytes, 0, index, StandardCharsets.UTF_8).length();
  }
}
