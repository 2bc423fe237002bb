package dev.forebay.bench.goodput;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Endpoints;
import dev.forebay.dialect.Slice;
import dev.forebay.exchange.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;

/// Requests as clients write them: real JSON of the size that a job's tokens stand for.
///
/// The turns of a conversation begin with the bytes of the turns before. The number of the job
/// stands at the end, as a stop sequence, so that the world knows a request again after the gateway
/// has had it.
final class RequestBodies {

  private static final String MARK = "job-";
  private static final int MARK_WITHIN = 512;
  private static final double SHARED_BYTES_PER_TOKEN = 3.5;
  private static final byte[] FILLER = filler(2 << 20);

  private final Flavour flavour;

  RequestBodies(Flavour flavour) {
    this.flavour = flavour;
  }

  private static byte[] filler(int size) {
    String words = "the forebay holds what the turbines draw and many streams fill it again ";
    return words.repeat(size / words.length() + 1).substring(0, size).getBytes(US_ASCII);
  }

  /// The request line.
  Endpoint.Found endpoint(Job job) {
    String path =
        switch (flavour) {
          case ANTHROPIC -> "/v1/messages";
          case OPENAI, SILENT, TERSE -> "/v1/chat/completions";
          case GEMINI ->
              "/v1beta/models/"
                  + flavour.model
                  + (job.stream() ? ":streamGenerateContent" : ":generateContent");
        };
    String query = flavour == Flavour.GEMINI && job.stream() ? "alt=sse" : null;
    if (Endpoints.match("POST", path, query, _ -> null) instanceof Endpoint.Found found) {
      return found;
    }
    throw new IllegalStateException(path + " is not served (expected: a path of the dialect)");
  }

  /// The body.
  ///
  /// @param turns the bytes each turn of the conversation had added so far, this one's last
  List<Slice> body(Job job, List<Integer> turns) {
    List<Slice> body = new ArrayList<>(3 * turns.size() + 4);
    // The same for all conversations, to the byte.
    int system = job.inConversation() ? (int) (job.shared() * SHARED_BYTES_PER_TOKEN) : 200;
    text(body, head(job));
    body.add(new Slice(FILLER, 0, system));
    int before = system;
    for (int turn = 0; turn < turns.size(); turn++) {
      text(body, turn == 0 ? first() : next());
      text(body, "This is turn " + turn + " of " + name(job) + ": ");
      int size = Math.max(0, turns.get(turn) - before);
      body.add(new Slice(FILLER, turn * 97 % 4096, Math.min(size, FILLER.length - 4096)));
      before = Math.max(before, turns.get(turn));
    }
    text(body, tail(job));
    return body;
  }

  private static String name(Job job) {
    return job.inConversation() ? "conversation " + job.conversation() : "question " + job.number();
  }

  private static void text(List<Slice> body, String text) {
    body.add(Slice.of(text.getBytes(US_ASCII)));
  }

  private String head(Job job) {
    return switch (flavour) {
      case ANTHROPIC ->
          "{\"model\":\"%s\",\"max_tokens\":%d,\"stream\":%b,%s\"system\":\""
              .formatted(
                  flavour.model,
                  job.cap() == 0 ? 64_000 : job.cap(),
                  job.stream(),
                  job.inConversation() ? "\"cache_control\":{\"type\":\"ephemeral\"}," : "");
      case OPENAI, SILENT, TERSE ->
          "{\"model\":\"%s\",%s\"stream\":%b,%s\"messages\":[{\"role\":\"system\",\"content\":\""
              .formatted(
                  flavour.model,
                  job.cap() == 0 ? "" : "\"max_completion_tokens\":" + job.cap() + ",",
                  job.stream(),
                  job.stream() ? "\"stream_options\":{\"include_usage\":true}," : "");
      case GEMINI -> "{\"systemInstruction\":{\"parts\":[{\"text\":\"";
    };
  }

  private String first() {
    return switch (flavour) {
      case ANTHROPIC -> "\",\"messages\":[{\"role\":\"user\",\"content\":\"";
      case OPENAI, SILENT, TERSE -> "\"},{\"role\":\"user\",\"content\":\"";
      case GEMINI -> "\"}]},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"";
    };
  }

  private String next() {
    return switch (flavour) {
      case ANTHROPIC, OPENAI, SILENT, TERSE ->
          "\"},{\"role\":\"assistant\",\"content\":\"Done.\"},{\"role\":\"user\",\"content\":\"";
      case GEMINI ->
          "\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"Done.\"}]},"
              + "{\"role\":\"user\",\"parts\":[{\"text\":\"";
    };
  }

  private String tail(Job job) {
    String mark = "[\"" + MARK + job.number() + "\"]";
    return switch (flavour) {
      case ANTHROPIC -> "\"}],\"stop_sequences\":" + mark + "}";
      case OPENAI, SILENT, TERSE -> "\"}],\"stop\":" + mark + "}";
      case GEMINI ->
          "\"}]}],\"generationConfig\":{%s\"stopSequences\":%s}}"
              .formatted(job.cap() == 0 ? "" : "\"maxOutputTokens\":" + job.cap() + ",", mark);
    };
  }

  /// The number of the job that a request was written for.
  static int jobOf(UpstreamRequest request) {
    StringBuilder end = new StringBuilder();
    List<Slice> body = request.body();
    for (int i = body.size() - 1; i >= 0 && end.length() < MARK_WITHIN; i--) {
      Slice slice = body.get(i);
      int from = Math.max(0, slice.length() - MARK_WITHIN);
      end.insert(0, slice.part(from, slice.length()).text());
    }
    int at = end.lastIndexOf(MARK) + MARK.length();
    int to = end.indexOf("\"", at);
    return Integer.parseInt(end, at, to, 10);
  }
}
