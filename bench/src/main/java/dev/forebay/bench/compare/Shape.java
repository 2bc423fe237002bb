package dev.forebay.bench.compare;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// The dialect a comparison speaks: what its requests and its answers look like.
public enum Shape {
  OPENAI("openai", "/v1/chat/completions", "authorization: Bearer ") {
    @Override
    String requestHeaders() {
      return """
      user-agent: OpenAI/JS 7.57.0
      x-stainless-lang: js
      x-stainless-package-version: 7.57.0
      x-stainless-os: Linux
      x-stainless-arch: x64
      x-stainless-runtime: node
      x-stainless-runtime-version: v20.19.2
      x-stainless-retry-count: 0
      """;
    }

    @Override
    String requestStart(String model, boolean stream) {
      return "{\"model\":\""
          + model
          + "\",\"stream\":"
          + stream
          + ",\"max_completion_tokens\":256,\"temperature\":0.7,\"messages\":[";
    }

    @Override
    String answerHeaders() {
      return """
      openai-organization: bench
      openai-processing-ms: 12
      openai-version: 2020-10-01
      x-request-id: req_2b1f6a5c0d3e4f708192a3b4c5d6e7f8
      x-ratelimit-limit-requests: 30000
      x-ratelimit-limit-tokens: 150000000
      x-ratelimit-remaining-requests: 29999
      x-ratelimit-remaining-tokens: 149999000
      x-ratelimit-reset-requests: 2ms
      x-ratelimit-reset-tokens: 0s
      """;
    }

    @Override
    String answer(String text) {
      return """
      {"id":"chatcmpl-C9x0","object":"chat.completion","created":1795000000,"model":"bench",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":512,"completion_tokens":128,"total_tokens":640,\
      "prompt_tokens_details":{"cached_tokens":256},"completion_tokens_details":{"reasoning_tokens":0}}}\
      """
          .formatted(text);
    }

    @Override
    String streamStart() {
      return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    }

    @Override
    public String event(String text) {
      return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    @Override
    String streamEnd(boolean usage) {
      String counted =
          """
          data: {"id":"chatcmpl-C9x0","object":"chat.completion.chunk","created":1795000000,"model":"bench",\
          "choices":[],"usage":{"prompt_tokens":512,"completion_tokens":128,"total_tokens":640}}

          """;
      return chunk("{}", "\"stop\"") + (usage ? counted : "") + "data: [DONE]\n\n";
    }

    private String chunk(String delta, String finish) {
      return """
      data: {"id":"chatcmpl-C9x0","object":"chat.completion.chunk","created":1795000000,"model":"bench",\
      "system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}]}

      """
          .formatted(delta, finish);
    }
  },

  ANTHROPIC("anthropic", "/v1/messages", "x-api-key: ") {
    @Override
    String requestHeaders() {
      return """
      user-agent: Anthropic/JS 1.12.0
      anthropic-version: 2023-06-01
      x-stainless-lang: js
      x-stainless-package-version: 1.12.0
      x-stainless-os: Linux
      x-stainless-arch: x64
      x-stainless-runtime: node
      x-stainless-runtime-version: v20.19.2
      x-stainless-retry-count: 0
      """;
    }

    @Override
    String requestStart(String model, boolean stream) {
      return "{\"model\":\""
          + model
          + "\",\"stream\":"
          + stream
          + ",\"max_tokens\":256,\"messages\":[";
    }

    @Override
    String answerHeaders() {
      return """
      request-id: req_011CSHoEeqs5C35K2UUqR7Fy
      anthropic-organization-id: 00000000-0000-0000-0000-000000000000
      anthropic-ratelimit-requests-limit: 4000
      anthropic-ratelimit-requests-remaining: 3999
      anthropic-ratelimit-requests-reset: 2030-01-01T00:00:00Z
      anthropic-ratelimit-tokens-limit: 40000000
      anthropic-ratelimit-tokens-remaining: 39999000
      anthropic-ratelimit-tokens-reset: 2030-01-01T00:00:00Z
      """;
    }

    @Override
    String answer(String text) {
      return """
      {"id":"msg_01C9x0","type":"message","role":"assistant","model":"bench",\
      "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
      "usage":{"input_tokens":256,"cache_creation_input_tokens":0,"cache_read_input_tokens":256,"output_tokens":128}}\
      """
          .formatted(text);
    }

    @Override
    String streamStart() {
      return """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_01C9x0","type":"message","role":"assistant",\
      "model":"bench","content":[],"stop_reason":null,"stop_sequence":null,\
      "usage":{"input_tokens":256,"cache_creation_input_tokens":0,"cache_read_input_tokens":256,"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

      """;
    }

    @Override
    public String event(String text) {
      return """
      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

      """
          .formatted(text);
    }

    @Override
    String streamEnd(boolean usage) {
      return """
      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":128}}

      event: message_stop
      data: {"type":"message_stop"}

      """;
    }
  };

  private static final String[] PROSE = {
    "The pool drains and fills again while ",
    "one intake takes what the many streams bring; ",
    "def settle(lease, used):\\n    \\\"\\\"\\\"Release what was held.\\\"\\\"\\\"\\n    ",
    "if (remaining < reserved) {\\n\\treturn Optional.empty();\\n}\\n",
    "größer als der vorige Wert, and so on. ",
    "See https://example.org/a/b?c=d#e for the rest.\\n\\n",
  };

  final String provider;
  final String path;
  final String credentialHeader;

  Shape(String provider, String path, String credentialHeader) {
    this.provider = provider;
    this.path = path;
    this.credentialHeader = credentialHeader;
  }

  abstract String requestHeaders();

  abstract String requestStart(String model, boolean stream);

  abstract String answerHeaders();

  abstract String answer(String text);

  abstract String streamStart();

  /// One event of a stream that carries `text`.
  public abstract String event(String text);

  abstract String streamEnd(boolean usage);

  /// A request body of exactly `size` bytes: a conversation in prose and code, as agents send it.
  public final byte[] requestBody(String model, boolean stream, int size) {
    Random random = new Random(size);
    String end = "]}";
    StringBuilder body = new StringBuilder(size + 64).append(requestStart(model, stream));
    int bytes = utf8(body);
    boolean user = true;
    while (true) {
      String open = "{\"role\":\"" + (user ? "user" : "assistant") + "\",\"content\":\"";
      int room = size - bytes - utf8(open) - utf8("\"}") - utf8(end);
      // The last message takes what is left; a shorter one must leave room for another.
      int wanted = Math.min(room, 600 + random.nextInt(900));
      if (room - wanted < 200) {
        wanted = room;
      }
      String message = open + prose(random, wanted) + "\"}";
      body.append(message);
      bytes += utf8(message);
      if (wanted == room) {
        return body.append(end).toString().getBytes(StandardCharsets.UTF_8);
      }
      body.append(',');
      bytes++;
      user = !user;
    }
  }

  /// An answer body of exactly `size` bytes.
  final byte[] answerBody(int size) {
    int room = size - utf8(answer(""));
    return answer(prose(new Random(size), room)).getBytes(StandardCharsets.UTF_8);
  }

  private static String prose(Random random, int bytes) {
    StringBuilder text = new StringBuilder(bytes);
    int left = bytes;
    while (left > 0) {
      String piece = PROSE[random.nextInt(PROSE.length)];
      int length = utf8(piece);
      if (length > left) {
        text.repeat('.', left);
        left = 0;
      } else {
        text.append(piece);
        left -= length;
      }
    }
    return text.toString();
  }

  private static int utf8(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
