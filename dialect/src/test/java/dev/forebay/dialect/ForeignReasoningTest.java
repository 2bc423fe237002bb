package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.BodyEdits.Edit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignReasoningTest {

  private static final String SKIP = "\"skip_thought_signature_validator\"";

  private static @Nullable String edited(Operation operation, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<Edit> edits = ForeignReasoning.edits(operation, new ByteArrayInputStream(bytes));
    if (edits == null) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Slice slice : BodyEdits.apply(List.of(Slice.of(bytes)), edits)) {
      out.write(slice.array(), slice.offset(), slice.length());
    }
    return out.toString(UTF_8);
  }

  @Test
  void standsInForForeignSignaturesAndLeavesEveryOtherByte() {
    String body =
        """
        {"contents": [
          {"role":"user","parts":[{"text":"Grüße \\"thoughtSignature\\":\\"x\\""}]},
          {"role":"model","parts":[
            {"functionCall":{"name":"f","args":{"thoughtSignature":"mine"}}, "thoughtSignature" : %s},
            {"text":"","thought_signature":%s}, {"thoughtSignature":null,"text":"a"}]},
          {"role":"user","parts":[
            {"functionResponse":{"name":"f","response":{"thoughtSignature":"its own"}}}]}
        ], "systemInstruction":{"parts":[{"text":"b"}]} }\
        """;

    assertThat(
            edited(Operation.GENERATE_CONTENT, body.formatted("\"EqQB\\u00e4Cg==\"", "\"eA==\"")))
        .isEqualTo(body.formatted(SKIP, SKIP));
    assertThat(edited(Operation.STREAM_GENERATE_CONTENT, body.formatted(SKIP, "\"eA==\"")))
        .isEqualTo(body.formatted(SKIP, SKIP));
    assertThat(edited(Operation.GENERATE_CONTENT, body.formatted(SKIP, SKIP))).isNull();
  }

  @Test
  void reachesSignaturesOfTheCompatiblePathsAndOfACount() {
    String chat =
        "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"extra_content\":"
            + "{\"google\":{\"thought_signature\":%s}},\"function\":{\"name\":\"f\",\"arguments\":"
            + "\"{\\\"thought_signature\\\":1}\"}}]}]}";
    String count =
        "{\"generateContentRequest\":{\"contents\":{\"parts\":{\"thoughtSignature\":%s}}}}";

    assertThat(edited(Operation.GEMINI_CHAT_COMPLETIONS, chat.formatted("\"a\"")))
        .isEqualTo(chat.formatted(SKIP));
    assertThat(edited(Operation.GEMINI_COUNT_TOKENS, count.formatted("\"a\"")))
        .isEqualTo(count.formatted(SKIP));
    assertThat(edited(Operation.CHAT_COMPLETIONS, chat.formatted("\"a\""))).isNull();
  }

  @Test
  void removesSealedReasoningFromAResponsesInput() {
    String sealed =
        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\"}],"
            + "\"encrypted_content\":\"gAAA\"}";
    String open = "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":null}";
    String call = "{\"type\":\"function_call\",\"call_id\":\"c\",\"arguments\":\"{}\"}";
    String compaction = "{\"type\":\"compaction\",\"encrypted_content\":\"gAAB\"}";
    String body = "{\"model\":\"m\", \"input\": [%s] ,\"store\":false}";

    assertThat(
            edited(
                Operation.RESPONSES,
                body.formatted(String.join(", ", sealed, call, sealed, open, compaction, sealed))))
        .isEqualTo(body.formatted(String.join(", ", call, open, compaction)));
    assertThat(edited(Operation.RESPONSES, body.formatted(call))).isNull();
    assertThat(edited(Operation.RESPONSES, body.formatted(sealed))).isNull();
    assertThat(edited(Operation.RESPONSES, "{\"input\":\"hello\"}")).isNull();
    assertThat(edited(Operation.RESPONSE_COMPACT, body.formatted(sealed + "," + call)))
        .isEqualTo(body.formatted(call));
  }

  @Test
  void givesUpOnWhatIsNotAnObject() {
    for (Operation operation :
        List.of(Operation.GENERATE_CONTENT, Operation.RESPONSES, Operation.MESSAGES)) {
      for (String body :
          List.of("", "[]", "{\"contents\":[{\"parts\":[{\"thoughtSignature\":\"a\"")) {
        assertThat(edited(operation, body)).isNull();
      }
      byte[] wide = "{\"contents\":{\"thoughtSignature\":\"a\"}}".getBytes(UTF_16BE);
      assertThat(ForeignReasoning.edits(operation, new ByteArrayInputStream(wide))).isNull();
    }
  }
}
