package dev.forebay.dialect.responses;

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

/// What a provider of OpenAI responses sees.
public final class ResponsesOutbound implements Outbound {

  @Override
  public Sent write(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    return new ResponsesRequestWriter(conversation, target, losses, out).write();
  }

  @Override
  public Answer read(Slice body, Target target, Usage usage) throws Fault {
    return new ResponsesAnswerReader(target).read(body, usage);
  }

  @Override
  public StreamReader stream(Target target) {
    return new ResponsesStreamReader(target);
  }
}
