package dev.forebay.dialect.messages;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Outbound;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.Target;

/// What Anthropic sees.
public final class MessagesOutbound implements Outbound {

  @Override
  public Sent write(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    return new MessagesRequestWriter(conversation, target, losses, out).write();
  }

  @Override
  public Answer read(Slice body, Target target, Usage usage) throws Fault {
    return MessagesAnswerReader.read(body, target, usage);
  }

  @Override
  public StreamReader stream(Target target) {
    return new MessagesStreamReader(target);
  }
}
