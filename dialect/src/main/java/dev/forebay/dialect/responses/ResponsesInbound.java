package dev.forebay.dialect.responses;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Inbound;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.StreamWriter;

/// What clients of OpenAI responses see.
public final class ResponsesInbound implements Inbound {

  @Override
  public Conversation read(Slice body, Ask ask, Losses losses) throws Fault {
    return new ResponsesRequestReader(losses).read(body);
  }

  @Override
  public void write(Answer answer, Reply reply, JsonWriter out) {
    new ResponsesAnswerWriter(reply, out).write(answer);
  }

  @Override
  public StreamWriter stream(Reply reply, JsonWriter out) {
    return new ResponsesStreamWriter(reply, out);
  }
}
