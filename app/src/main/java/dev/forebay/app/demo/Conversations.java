package dev.forebay.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A few people who talk at length to a model, each with long instructions that a prompt cache
/// saves: every turn carries all that was said before. *Confined to one thread.*
final class Conversations {
  private static final int AT_ONCE = 4;
  private static final int TURNS = 8;

  /// Shorter prompts are not cached.
  private static final int INSTRUCTIONS = 1_300;

  private final RandomGenerator random;
  private final List<Talk> talks = new ArrayList<>();
  private int begun;

  private static final class Talk {
    final String instructions;
    final List<String> said = new ArrayList<>();

    Talk(String instructions) {
      this.instructions = instructions;
    }
  }

  Conversations(RandomGenerator random) {
    this.random = random;
  }

  /// The next turn of one of them.
  Question next() {
    if (talks.size() < AT_ONCE) {
      talks.add(begin());
    }
    int index = random.nextInt(talks.size());
    Talk talk = talks.get(index);
    talk.said.add(Words.some(random, 20 + random.nextInt(30)));
    Question question = turn(talk);
    if (talk.said.size() < TURNS) {
      talk.said.add(Words.some(random, 40));
    } else {
      talks.set(index, begin());
    }
    return question;
  }

  private Talk begin() {
    begun++;
    return new Talk("Conversation " + begun + ". " + Words.some(random, INSTRUCTIONS));
  }

  private static Question turn(Talk talk) {
    StringBuilder messages = new StringBuilder();
    for (int i = 0; i < talk.said.size(); i++) {
      messages
          .append(i == 0 ? "" : ",")
          .append("{\"role\":\"")
          .append(i % 2 == 0 ? "user" : "assistant")
          .append("\",\"content\":\"")
          .append(talk.said.get(i))
          .append("\"}");
    }
    return new Question(
        "/v1/messages",
        "x-api-key",
        "2023-06-01",
        "{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":128,\"stream\":true,\"system\":"
            + "[{\"type\":\"text\",\"text\":\""
            + talk.instructions
            + "\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"messages\":["
            + messages
            + "]}",
        "message_stop");
  }
}
