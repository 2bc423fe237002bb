package dev.forebay.app.demo;

import java.util.random.RandomGenerator;

/// Makes up requests in all dialects. *Confined to one thread.*
final class Questions {
  private final RandomGenerator random;
  private final Conversations conversations;

  Questions(RandomGenerator random) {
    this.random = random;
    this.conversations = new Conversations(random);
  }

  Question next() {
    int dice = random.nextInt(100);
    if (dice < 40) {
      return dice < 3 ? countTokens() : dice < 9 ? conversations.next() : message();
    }
    if (dice < 78) {
      if (dice < 60) {
        return chat();
      }
      return dice < 74 ? response() : embedding();
    }
    return gemini();
  }

  private Question message() {
    boolean stream = streams();
    return new Question(
        "/v1/messages",
        "x-api-key",
        "2023-06-01",
        "{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":128,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\""
            + prose()
            + "\"}]}",
        stream ? "message_stop" : "");
  }

  private Question countTokens() {
    return new Question(
        "/v1/messages/count_tokens",
        "x-api-key",
        "2023-06-01",
        "{\"model\":\"claude-sonnet-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + prose()
            + "\"}]}",
        "");
  }

  private Question chat() {
    boolean stream = streams();
    return new Question(
        "/v1/chat/completions",
        "authorization",
        "",
        "{\"model\":\"gpt-6-sol\",\"max_completion_tokens\":128,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\""
            + prose()
            + "\"}]}",
        stream ? "[DONE]" : "");
  }

  private Question response() {
    boolean stream = streams();
    return new Question(
        "/v1/responses",
        "authorization",
        "",
        "{\"model\":\"gpt-6-sol\",\"max_output_tokens\":128,\"store\":false,\"stream\":"
            + stream
            + ",\"input\":\""
            + prose()
            + "\"}",
        stream ? "response.completed" : "");
  }

  private Question embedding() {
    return new Question(
        "/v1/embeddings",
        "authorization",
        "",
        "{\"model\":\"text-embedding-3-small\",\"input\":\"" + prose() + "\"}",
        "");
  }

  private Question gemini() {
    boolean stream = streams();
    return new Question(
        "/v1beta/models/gemini-3.5-flash:"
            + (stream ? "streamGenerateContent?alt=sse" : "generateContent"),
        "x-goog-api-key",
        "",
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
            + prose()
            + "\"}]}],\"generationConfig\":{\"maxOutputTokens\":128}}",
        stream ? "finishReason" : "");
  }

  private boolean streams() {
    return random.nextInt(10) < 7;
  }

  private String prose() {
    int words = 20 + random.nextInt(random.nextInt(8) == 0 ? 600 : 120);
    return Words.some(random, words);
  }
}
