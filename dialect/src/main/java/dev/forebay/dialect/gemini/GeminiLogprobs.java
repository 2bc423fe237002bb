package dev.forebay.dialect.gemini;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/// `logprobsResult`: what was chosen, and beside it what might have been.
final class GeminiLogprobs {

  private GeminiLogprobs() {}

  /// Reads what is current; whatever is odd in it is passed over.
  static List<TokenLogprob> read(JsonReader json) throws Fault {
    List<TokenLogprob> chosen = List.of();
    List<List<TokenLogprob>> top = new ArrayList<>();
    if (!json.isObject()) {
      json.skip();
      return chosen;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("chosenCandidates") && json.isArray()) {
        chosen = list(json);
      } else if (name.equals("topCandidates") && json.isArray()) {
        while (json.nextElement()) {
          top.add(candidates(json));
        }
      } else {
        json.skip();
      }
    }
    List<TokenLogprob> all = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      TokenLogprob token = chosen.get(i);
      List<TokenLogprob> beside = i < top.size() ? top.get(i) : List.of();
      all.add(new TokenLogprob(token.token(), token.logprob(), null, beside));
    }
    return all;
  }

  private static List<TokenLogprob> candidates(JsonReader json) throws Fault {
    List<TokenLogprob> list = List.of();
    if (!json.isObject()) {
      json.skip();
      return list;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("candidates") && json.isArray()) {
        list = list(json);
      } else {
        json.skip();
      }
    }
    return list;
  }

  private static List<TokenLogprob> list(JsonReader json) throws Fault {
    List<TokenLogprob> list = new ArrayList<>();
    while (json.nextElement()) {
      if (!json.isObject()) {
        json.skip();
        continue;
      }
      String token = "";
      Double logprob = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "token" -> token = json.textOr("");
          case "logProbability" -> logprob = json.numberOrSkip();
          default -> json.skip();
        }
      }
      list.add(new TokenLogprob(token, logprob == null ? 0 : logprob, null, List.of()));
    }
    return list;
  }

  static void write(List<TokenLogprob> logprobs, JsonWriter out) {
    out.object("logprobsResult").array("chosenCandidates");
    logprobs.forEach(logprob -> token(logprob, out));
    out.endArray().array("topCandidates");
    for (TokenLogprob logprob : logprobs) {
      out.object().array("candidates");
      logprob.alternatives().forEach(other -> token(other, out));
      out.endArray().endObject();
    }
    out.endArray().endObject();
  }

  private static void token(TokenLogprob logprob, JsonWriter out) {
    out.object().field("token", logprob.token());
    out.name("logProbability").number(logprob.logprob()).endObject();
  }
}
