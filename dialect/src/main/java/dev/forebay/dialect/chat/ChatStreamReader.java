package dev.forebay.dialect.chat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Moderation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.Timestamps;
import dev.forebay.dialect.neutral.TokenLogprob;
import dev.forebay.dialect.neutral.ToolIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the chunks of one stream. *Confined to the exchange.*
final class ChatStreamReader implements StreamReader {

  /// More calls than anybody makes in one answer.
  private static final int MOST_CALLS = 4_096;

  /// More choices than can be asked for.
  private static final int MOST_CHOICES = 256;

  private static final Where WHERE = Where.of("delta");

  private boolean started;
  private String id = "";

  /// The call each choice is at.
  private int[] calls = {-1};

  private boolean[] refused = {false};

  @Override
  public void event(Slice data, Consumer<AnswerEvent> sink) throws Fault {
    // The end is a word, not JSON.
    if (data.length() == 0 || data.array()[data.offset()] != '{') {
      return;
    }
    JsonReader json = JsonReader.ofObject(data);
    Head head = started ? null : new Head();
    List<Chunk> late = null;
    Moderation moderation = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "choices" -> {
          if (json.arrayOrNull()) {
            while (json.nextElement()) {
              Chunk chunk = chunk(json);
              late = late == null ? new ArrayList<>(1) : late;
              late.add(chunk);
            }
          }
        }
        case "moderation" -> moderation = ChatModeration.read(json);
        case "id", "model", "service_tier", "created" -> {
          if (head == null) {
            json.skip();
          } else {
            head.read(name, json);
          }
        }
        default -> json.skip();
      }
    }
    if (head != null) {
      started = true;
      id = head.id;
      sink.accept(new AnswerEvent.Started(head.id, head.model, head.tier, head.created));
    }
    if (moderation != null) {
      sink.accept(new AnswerEvent.Noted(moderation, 0));
    }
    if (late != null) {
      for (Chunk chunk : late) {
        tell(chunk, sink);
      }
    }
  }

  private static Chunk chunk(JsonReader json) throws Fault {
    json.object();
    Chunk chunk = new Chunk();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "index" -> {
          Long index = json.wholeOrSkip();
          chunk.choice = index == null ? 0 : (int) Math.clamp(index, 0, MOST_CHOICES - 1);
        }
        case "delta" -> {
          if (json.objectOrNull()) {
            chunk.delta(json);
          }
        }
        case "finish_reason" -> chunk.finish = json.textOrSkip();
        case "logprobs" -> chunk.logprobs = ChatLogprobs.read(json);
        default -> json.skip();
      }
    }
    return chunk;
  }

  private void tell(Chunk chunk, Consumer<AnswerEvent> sink) {
    int choice = chunk.choice;
    if (choice >= calls.length) {
      int before = calls.length;
      calls = Arrays.copyOf(calls, choice + 1);
      Arrays.fill(calls, before, choice + 1, -1);
      refused = Arrays.copyOf(refused, choice + 1);
    }
    String thought = chunk.words.thought;
    if (thought != null && !thought.isEmpty()) {
      sink.accept(new AnswerEvent.ReasoningDelta(choice, thought));
    }
    if (!chunk.logprobs.isEmpty()) {
      sink.accept(new AnswerEvent.Logprobs(choice, chunk.logprobs));
    }
    String text = chunk.words.text;
    if (text != null && !text.isEmpty()) {
      sink.accept(new AnswerEvent.TextDelta(choice, text));
    }
    if (chunk.givesMedia()) {
      media(chunk, sink);
    }
    // Nearly no chunk has any, and an iterator is not free.
    for (int i = 0; i < chunk.citations.size(); i++) {
      sink.accept(new AnswerEvent.Cited(choice, chunk.citations.get(i)));
    }
    if (chunk.refusal != null && !chunk.refusal.isEmpty()) {
      refused[choice] = true;
      sink.accept(new AnswerEvent.RefusalDelta(choice, chunk.refusal));
    }
    for (Call call : chunk.calls) {
      tell(choice, call, sink);
    }
    if (chunk.finish != null) {
      sink.accept(
          new AnswerEvent.Finished(
              choice, ChatAnswerReader.stop(chunk.finish, refused[choice]), null, null));
    }
  }

  private static void media(Chunk chunk, Consumer<AnswerEvent> sink) {
    if (chunk.sound != null) {
      // Streams have samples only.
      Source.Inline piece = new Source.Inline(Sound.SAMPLES, chunk.bytes());
      sink.accept(new AnswerEvent.SoundDelta(chunk.choice, piece, chunk.sound.made()));
    }
    for (Part picture : chunk.pictures) {
      if (picture instanceof Media media) {
        sink.accept(new AnswerEvent.MediaGiven(chunk.choice, media));
      }
    }
  }

  private void tell(int choice, Call call, Consumer<AnswerEvent> sink) {
    int number = call.number < 0 ? calls[choice] + 1 : call.number;
    if (number > calls[choice] && call.name != null) {
      calls[choice] = number;
      String callId = call.id == null ? ToolIds.made(id, choice, number) : call.id;
      sink.accept(new AnswerEvent.CallStarted(choice, number, callId, call.name, call.freeform));
    }
    if (!call.fragment.isEmpty()) {
      sink.accept(new AnswerEvent.CallDelta(choice, number, call.fragment));
    }
  }

  /// What the first chunk says of the answer.
  private static final class Head {
    private String id = "";
    private String model = "";
    private @Nullable String tier;
    private @Nullable Instant created;

    private void read(String name, JsonReader json) throws Fault {
      switch (name) {
        case "created" -> created = Timestamps.seconds(json);
        case "id" -> id = json.textOr("");
        case "model" -> model = json.textOr("");
        default -> tier = json.textOrSkip();
      }
    }
  }

  private static final class Call {
    private int number = -1;
    private @Nullable String id;
    private @Nullable String name;
    private String fragment = "";
    private boolean freeform;

    private void read(JsonReader json) throws Fault {
      json.object();
      for (String field = json.nextName(); field != null; field = json.nextName()) {
        switch (field) {
          case "index" -> {
            Long index = json.integer();
            number = index == null ? -1 : (int) Math.clamp(index, 0, MOST_CALLS - 1);
          }
          case "id" -> id = json.textOrSkip();
          case "function", "custom" -> {
            freeform = field.equals("custom");
            if (json.objectOrNull()) {
              inner(json);
            }
          }
          default -> json.skip();
        }
      }
    }

    private void inner(JsonReader json) throws Fault {
      for (String field = json.nextName(); field != null; field = json.nextName()) {
        switch (field) {
          case "name" -> name = json.textOrSkip();
          case "arguments", "input" -> fragment = json.textOr("");
          default -> json.skip();
        }
      }
    }
  }

  /// What one chunk says of one choice.
  private static final class Chunk {
    private int choice;
    private final ChatContent words = new ChatContent();
    private @Nullable String refusal;
    private List<Call> calls = List.of();
    private List<Citation> citations = List.of();
    private @Nullable Media sound;
    private List<Part> pictures = List.of();
    private List<TokenLogprob> logprobs = List.of();
    private @Nullable String finish;

    private boolean givesMedia() {
      return sound != null || !pictures.isEmpty();
    }

    private String bytes() {
      return sound != null && sound.source() instanceof Source.Inline inline ? inline.base64() : "";
    }

    private void delta(JsonReader json) throws Fault {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "content" -> words.content(json);
          case "refusal" -> refusal = json.textOrNull();
          case "reasoning_content", "reasoning" -> words.thought(json);
          case "annotations" -> citations = ChatAnswerReader.citations(json);
          case "audio" -> sound = ChatAnswerReader.audio(json, WHERE);
          case "images" -> pictures = ChatImages.read(json, WHERE);
          case "tool_calls" -> {
            if (json.arrayOrNull()) {
              calls = new ArrayList<>(1);
              while (json.nextElement()) {
                Call call = new Call();
                call.read(json);
                calls.add(call);
              }
            }
          }
          // The older kind of call, of which an answer has one.
          case "function_call" -> {
            if (json.objectOrNull()) {
              Call call = new Call();
              call.number = 0;
              call.inner(json);
              calls = List.of(call);
            }
          }
          default -> json.skip();
        }
      }
    }
  }
}
