package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.translate.Translation.Malformed;
import dev.forebay.dialect.translate.Translation.Translated;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What two dialects or more can say besides the conversation, by the models that differ in it.
class SharedOptionsTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private static Translation translate(Wire client, Target target, String body) {
    return Translator.of(client.dialect, target)
        .request(Slice.of(body.getBytes(UTF_8)), client.options(false));
  }

  private static Translated translated(Wire client, Target target, String body) {
    return (Translated) translate(client, target, body);
  }

  private static List<String> lost(Translated translated) {
    return translated.losses().stream().map(Loss::path).toList();
  }

  private static String messages(String more) {
    return "{\"model\":\"m\",\"max_tokens\":9," + MESSAGES + "," + more + "}";
  }

  private static String chat(String more) {
    return "{\"model\":\"m\"," + MESSAGES + "," + more + "}";
  }

  private static String marked(String control) {
    return "\"system\":[{\"type\":\"text\",\"text\":\"Rules.\",\"cache_control\":" + control + "}]";
  }

  @Test
  void marksGoToModelsThatTakeThem() {
    String body = messages(marked("{\"type\":\"ephemeral\"}"));
    Translated old = translated(Wire.MESSAGES, Wire.RESPONSES.target("gpt-5.5-sol"), body);
    assertThat(old.body().text()).contains("\"instructions\":\"Rules.\"").doesNotContain("prompt");
    assertThat(lost(old)).containsExactly("system[0]");
    Translated fresh = translated(Wire.MESSAGES, Wire.RESPONSES.target("gpt-5.6-sol"), body);
    assertThat(fresh.body().text())
        .contains("\"text\":\"Rules.\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}");
    assertThat(fresh.losses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.6-sol, true",
    "gpt-6-astra, true",
    "gpt-5.5-sol, false",
    "gpt-4.1, false",
    "o3, false",
    "gpt-oss-120b, false",
    "deepseek-chat, false",
  })
  void namesTellWhichModelsTakeMarks(String model, boolean marks) {
    assertThat(Wire.RESPONSES.target(model).traits().marks()).isEqualTo(marks);
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"ephemeral"}            | {"mode":"explicit"}
          {"type":"ephemeral","ttl":"5m"} | {"mode":"explicit","ttl":"30m"}
          {"type":"ephemeral","ttl":"1h"} | {"mode":"explicit","ttl":"12h"}
          """)
  void aMarkLastsLongWithOneWhoWantedItToLastLongWithAnother(String claude, String gpt) {
    Translated there =
        translated(Wire.MESSAGES, Wire.CHAT.target("gpt-6-sol"), messages(marked(claude)));
    assertThat(there.body().text()).contains("\"prompt_cache_breakpoint\":" + gpt + "}");
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"Hi\",\"prompt_cache_breakpoint\":"
            + gpt
            + "}]}]}";
    Translated back = translated(Wire.CHAT, Wire.MESSAGES.target(), body);
    assertThat(back.body().text()).contains("\"cache_control\":" + claude + "}");
    assertThat(back.losses()).isEmpty();
  }

  @Test
  void aMarkWithoutATimeLastsAsLongAsTheRequestSays() {
    String body =
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
            + "\"text\":\"Hi\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}}]}],"
            + "\"prompt_cache_options\":{\"mode\":\"explicit\",\"ttl\":\"12h\"}}";
    assertThat(translated(Wire.RESPONSES, Wire.MESSAGES.target(), body).body().text())
        .contains("\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]}]}");
  }

  @Test
  void aCacheThatWorksByItselfIsAskedForWhereItMustBe() {
    String implicit = chat("\"prompt_cache_options\":{\"mode\":\"implicit\"}");
    assertThat(translated(Wire.CHAT, Wire.MESSAGES.target(), implicit).body().text())
        .endsWith(",\"cache_control\":{\"type\":\"ephemeral\"}}");
    String explicit = chat("\"prompt_cache_options\":{\"mode\":\"explicit\"}");
    Translated without = translated(Wire.CHAT, Wire.MESSAGES.target(), explicit);
    assertThat(without.body().text()).doesNotContain("cache_control");
    assertThat(without.losses()).isEmpty();
    // An older model cannot be told to do without.
    assertThat(lost(translated(Wire.CHAT, Wire.CHAT.target("gpt-4.1"), explicit)))
        .containsExactly("prompt_cache_options");
    assertThat(translated(Wire.CHAT, Wire.CHAT.target("gpt-4.1"), implicit).losses()).isEmpty();
  }

  @Test
  void modelsOfChatThatSearchAreToldHow() {
    String body =
        messages(
            "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"user_location\":"
                + "{\"type\":\"approximate\",\"city\":\"Bergen\"},\"allowed_domains\":[\"a.example\"]}],"
                + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}");
    Translated searching =
        translated(Wire.MESSAGES, Wire.CHAT.target("gpt-4o-search-preview"), body);
    assertThat(searching.body().text())
        .contains(
            "\"web_search_options\":{\"user_location\":{\"type\":\"approximate\",\"approximate\":"
                + "{\"city\":\"Bergen\"}}}")
        .doesNotContain("tool_choice");
    assertThat(lost(searching)).containsExactly("tools[0].allowed_domains");
    Translated other = translated(Wire.MESSAGES, Wire.CHAT.target("gpt-4.1"), body);
    assertThat(other.body().text()).doesNotContain("web_search");
    assertThat(lost(other)).containsExactly("tools[0]", "tool_choice");
  }

  @Test
  void whatAToolGivesBackIsDescribedWhereItCanBe() {
    String schema = "{\"properties\":{\"n\":{\"type\":\"integer\"}},\"type\":\"object\"}";
    String responses =
        "{\"model\":\"m\",\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\","
            + ("\"parameters\":{},\"output_schema\":" + schema + "}]}");
    assertThat(translated(Wire.RESPONSES, Wire.GEMINI.target(), responses).body().text())
        .contains("\"responseJsonSchema\":" + schema);

    String gemini =
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"tools\":[{\"functionDeclarations\":["
            + "{\"name\":\"f\",\"response\":{\"type\":\"OBJECT\",\"properties\":"
            + "{\"n\":{\"type\":\"INTEGER\"}}}}]}]}";
    assertThat(translated(Wire.GEMINI, Wire.RESPONSES.target(), gemini).body().text())
        .contains("\"output_schema\":" + schema);
    for (Wire other : List.of(Wire.CHAT, Wire.MESSAGES)) {
      Translated without = translated(Wire.GEMINI, other.target(), gemini);
      assertThat(without.losses()).extracting(Loss::feature).containsExactly(Feature.TOOL_OUTPUT);
    }
  }

  @Test
  void aFunctionThatIsCalledLikeTheSearchIsOne() {
    String body =
        messages(
            "\"tools\":[{\"name\":\"web_search\",\"input_schema\":{\"type\":\"object\"}}],"
                + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}");
    assertThat(translated(Wire.MESSAGES, Wire.RESPONSES.target(), body).body().text())
        .contains("\"tool_choice\":{\"type\":\"function\",\"name\":\"web_search\"}");
  }

  @Test
  void aSubsetMayLeaveTheSearchOut() {
    String tools =
        "\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}}],"
            + "\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[";
    String function = "{\"type\":\"function\",\"name\":\"f\"}";
    String input = "{\"model\":\"m\",\"input\":\"Hi\",";
    String without = input + tools + function + "]}}";
    String with = input + tools + function + ",{\"type\":\"web_search\"}]}}";
    for (Wire target : List.of(Wire.MESSAGES, Wire.GEMINI)) {
      String name = target == Wire.GEMINI ? "googleSearch" : "web_search";
      assertThat(translated(Wire.RESPONSES, target.target(), without).body().text())
          .doesNotContain(name);
      assertThat(translated(Wire.RESPONSES, target.target(), with).body().text()).contains(name);
    }
    assertThat(translated(Wire.RESPONSES, Wire.RESPONSES.target(), with).body().text())
        .contains("\"tools\":[" + function + ",{\"type\":\"web_search\"}]}");
  }

  @Test
  void aToolThatWaitsIsShownAndSoLost() {
    String tool = "\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"defer_loading\":%s}]";
    Translated waiting =
        translated(Wire.MESSAGES, Wire.CHAT.target(), messages(tool.formatted("true")));
    assertThat(waiting.body().text()).contains("\"name\":\"f\"").doesNotContain("defer");
    assertThat(lost(waiting)).containsExactly("tools[0].defer_loading");
    assertThat(
            translated(Wire.MESSAGES, Wire.CHAT.target(), messages(tool.formatted("false")))
                .losses())
        .isEmpty();
  }

  @Test
  void nothingIsKeptUnlessTheCallerSaysSo() {
    String plain = chat("\"seed\":1");
    assertThat(translated(Wire.CHAT, Wire.RESPONSES.target(), plain).body().text())
        .contains("\"store\":false");
    assertThat(translated(Wire.CHAT, Wire.GEMINI.target(), plain).body().text())
        .doesNotContain("store");
    String kept = chat("\"store\":true");
    assertThat(translated(Wire.CHAT, Wire.RESPONSES.target(), kept).body().text())
        .contains("\"store\":true");
    assertThat(lost(translated(Wire.CHAT, Wire.MESSAGES.target(), kept))).containsExactly("store");
    String unkept = chat("\"store\":false");
    assertThat(translated(Wire.CHAT, Wire.GEMINI.target(), unkept).body().text())
        .contains("\"store\":false");
    assertThat(translated(Wire.CHAT, Wire.MESSAGES.target(), unkept).losses()).isEmpty();
  }

  @Test
  void serversOfOthersAreNotToldWhatTheyDoAnyway() {
    Target other = Wire.CHAT.target("mistral-large");
    String unkept = "{\"model\":\"m\",\"input\":\"Hi\",\"store\":false}";
    assertThat(translated(Wire.RESPONSES, other, unkept).body().text()).doesNotContain("store");
    String written =
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],"
            + "\"generationConfig\":{\"responseModalities\":[\"TEXT\"]}}";
    Translated text = translated(Wire.GEMINI, other, written);
    assertThat(text.body().text()).doesNotContain("modalities");
    assertThat(text.losses()).isEmpty();
  }

  @Test
  void anthropicGetsTheLatestMarksAndNoMoreThanItTakes() {
    StringBuilder parts = new StringBuilder();
    for (int i = 1; i <= 6; i++) {
      parts.append(i == 1 ? "" : ",").append("{\"type\":\"text\",\"text\":\"T").append(i);
      parts.append("\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}}");
    }
    String turn = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]";
    Translated six = translated(Wire.CHAT, Wire.MESSAGES.target(), turn + "}");
    assertThat(six.body().text())
        .contains("\"text\":\"T2\"}")
        .contains("\"text\":\"T3\",\"cache_control\"");
    assertThat(six.body().text().split("cache_control", -1)).hasSize(1 + 4);
    assertThat(lost(six)).containsExactly("prompt_cache_breakpoint");
    // The mark of the latest message is one of them.
    String automatic = turn + ",\"prompt_cache_options\":{\"mode\":\"implicit\"}}";
    assertThat(translated(Wire.CHAT, Wire.MESSAGES.target(), automatic).body().text())
        .contains("\"text\":\"T3\"}")
        .endsWith(",\"cache_control\":{\"type\":\"ephemeral\"}}")
        .satisfies(text -> assertThat(text.split("cache_control", -1)).hasSize(1 + 4));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT      | store                                | "store":"yes"
          CHAT      | prompt_cache_options                 | "prompt_cache_options":"implicit"
          CHAT      | prompt_cache_options.ttl             | "prompt_cache_options":{"ttl":30}
          CHAT      | stream_options.include_obfuscation   | "stream_options":{"include_obfuscation":1}
          CHAT      | web_search_options.user_location     | "web_search_options":{"user_location":"NO"}
          CHAT      | web_search_options.user_location.approximate.city | "web_search_options":{"user_location":{"approximate":{"city":1}}}
          RESPONSES | tools[0].filters.allowed_domains     | "input":"Hi","tools":[{"type":"web_search","filters":{"allowed_domains":"a"}}]
          RESPONSES | tools[0].search_context_size         | "input":"Hi","tools":[{"type":"web_search","search_context_size":1}]
          RESPONSES | max_tool_calls                       | "input":"Hi","max_tool_calls":"3"
          MESSAGES  | tools[0].max_uses                    | "tools":[{"type":"web_search_20250305","name":"web_search","max_uses":"2"}]
          MESSAGES  | tools[0].blocked_domains[0]          | "tools":[{"type":"web_search_20250305","name":"web_search","blocked_domains":[1]}]
          MESSAGES  | cache_control                        | "cache_control":true
          """)
  void aWrongTypeIsAFaultWithItsPath(Wire client, String path, String field) {
    assertThat(translate(client, Wire.GEMINI.target(), chat(field)))
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.path()).isEqualTo(path));
  }
}
