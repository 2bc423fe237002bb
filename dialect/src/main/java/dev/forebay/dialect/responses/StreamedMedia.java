package dev.forebay.dialect.responses;

import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Part.Source;
import java.nio.charset.StandardCharsets;

/// Numbers the events of a stream, and writes those of pictures and sound. *Confined to the
/// exchange.*
final class StreamedMedia {

  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final JsonWriter out;
  private long number;
  private boolean sounded;
  private boolean spelled;

  StreamedMedia(JsonWriter out) {
    this.out = out;
  }

  long next() {
    return number++;
  }

  JsonWriter event(String type) {
    out.framing(("event: " + type + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    return out.object().field("type", type).field("sequence_number", next());
  }

  void end() {
    out.endObject().framing(END);
  }

  /// A picture is an item, and comes whole.
  void picture(Output to, int index, Source.Inline picture) {
    event("response.output_item.added").field("output_index", index).name("item");
    to.picture(index, null, "in_progress");
    end();
    event("response.image_generation_call.completed");
    out.field("item_id", to.itemId(Output.PICTURE, index)).field("output_index", index);
    end();
    event("response.output_item.done").field("output_index", index).name("item");
    to.picture(index, picture, "completed");
    end();
  }

  /// Sound belongs to no item.
  void sound(AnswerEvent.SoundDelta sound) {
    if (!sound.piece().base64().isEmpty()) {
      sounded = true;
      event("response.audio.delta").field("delta", sound.piece().base64());
      end();
    }
    String words = sound.made() == null ? null : sound.made().transcript();
    if (words != null) {
      spelled = true;
      event("response.audio.transcript.delta").field("delta", words);
      end();
    }
  }

  void soundEnds() {
    if (sounded) {
      event("response.audio.done");
      end();
    }
    if (spelled) {
      event("response.audio.transcript.done");
      end();
    }
  }
}
