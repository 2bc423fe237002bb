package dev.forebay.dialect.chat;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `logprobs`, whose elements OpenAI's dialects share.
public final class ChatLogprobs {

  private ChatLogprobs() {}

  /// Reads the `content` of what is current; none where that is odd.
  static List<TokenLogprob> read(JsonReader json) throws Fault {
    List<TokenLogprob> logprobs = List.of();
    if (!json.isObject()) {
      json.skip();
      return logprobs;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("content")) {
        logprobs = list(json);
      } else {
        json.skip();
      }
    }
    return logprobs;
  }

  /// Reads the array that is current; whatever is no token is passed over.
  public static List<TokenLogprob> list(JsonReader json) throws Fault {
    if (!json.isArray()) {
      json.skip();
      return List.of();
    }
    List<TokenLogprob> list = new ArrayList<>();
    while (json.nextElement()) {
      if (!json.isObject()) {
        json.skip();
        continue;
      }
      String token = "";
      Double logprob = null;
      String octets = null;
      List<TokenLogprob> alternatives = List.of();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "token" -> token = json.textOr("");
          case "logprob" -> logprob = json.numberOrSkip();
          case "bytes" -> octets = octets(json);
          case "top_logprobs" -> alternatives = list(json);
          default -> json.skip();
        }
      }
      String odd = octets == null || octets.equals(octets(token)) ? null : octets;
      list.add(new TokenLogprob(token, logprob == null ? 0 : logprob, odd, alternatives));
    }
    return list;
  }

  /// A token may be a part of a character, which its text cannot say.
  private static @Nullable String octets(JsonReader json) throws Fault {
    if (!json.isArray()) {
      json.skip();
      return null;
    }
    StringBuilder octets = new StringBuilder();
    while (json.nextElement()) {
      Long octet = json.wholeOrSkip();
      octets.append((char) (octet == null ? 0 : octet & 0xff));
    }
    return octets.toString();
  }

  private static String octets(String token) {
    return new String(token.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// Writes an array of them.
  public static void write(List<TokenLogprob> logprobs, JsonWriter out) {
    out.array();
    for (TokenLogprob logprob : logprobs) {
      out.object();
      token(logprob, out);
      out.array("top_logprobs");
      for (TokenLogprob alternative : logprob.alternatives()) {
        out.object();
        token(alternative, out);
        out.endObject();
      }
      out.endArray().endObject();
    }
    out.endArray();
  }

  private static void token(TokenLogprob logprob, JsonWriter out) {
    out.field("token", logprob.token()).name("logprob").number(logprob.logprob()).array("bytes");
    String octets = logprob.octets() == null ? octets(logprob.token()) : logprob.octets();
    for (int i = 0; i < octets.length(); i++) {
      out.number(octets.charAt(i));
    }
    out.endArray();
  }
}
