package dev.forebay.dialect.chat;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.DataUrl;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import java.util.ArrayList;
import java.util.List;

/// `images` of a message: the pictures that a model made. OpenAI has no field for them; this one is
/// what other servers of its dialect use [1].
///
/// [1] https://openrouter.ai/docs/features/multimodal/image-generation
final class ChatImages {

  private ChatImages() {}

  /// Reads what is current; whatever is no picture is passed over.
  static List<Part> read(JsonReader json, Where owner) throws Fault {
    List<Part> pictures = new ArrayList<>(1);
    if (!json.isArray()) {
      json.skip();
      return pictures;
    }
    for (int i = 0; json.nextElement(); i++) {
      if (!json.isObject()) {
        json.skip();
        continue;
      }
      String url = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("image_url") && json.isObject()) {
          for (String field = json.nextName(); field != null; field = json.nextName()) {
            if (field.equals("url")) {
              url = json.textOrSkip();
            } else {
              json.skip();
            }
          }
        } else {
          json.skip();
        }
      }
      if (url != null && !url.isEmpty()) {
        Source source = DataUrl.source(url);
        Where where = owner.then("images", i);
        pictures.add(new Media(Media.Kind.IMAGE, source, null, null, null, where));
      }
    }
    return pictures;
  }

  static void write(List<Part> parts, JsonWriter out) {
    int number = 0;
    for (Part part : parts) {
      if (part instanceof Media media && isPicture(media)) {
        if (number == 0) {
          out.array("images");
        }
        write(media, number++, out);
      }
    }
    if (number > 0) {
      out.endArray();
    }
  }

  static boolean isPicture(Media media) {
    return media.kind() == Media.Kind.IMAGE
        && (media.source() instanceof Source.Inline || media.source() instanceof Source.Url);
  }

  static void write(Media picture, int number, JsonWriter out) {
    out.object().field("index", number).field("type", "image_url").object("image_url");
    switch (picture.source()) {
      case Source.Inline(String type, String base64) ->
          out.field("url", "data:" + type + ";base64," + base64);
      case Source.Url(String url, String _) -> out.field("url", url);
      case Source.Stored _, Source.Words _ -> {}
    }
    out.endObject().endObject();
  }
}
