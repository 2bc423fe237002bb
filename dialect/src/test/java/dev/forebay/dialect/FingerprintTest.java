package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static PromptPrefix prefix(Operation operation, String json) {
    String model = operation.dialect() == Dialect.GEMINI_GENERATE ? "gemini-3.8-flash" : null;
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    HeadScan scan =
        HeadScanner.scan(operation, "application/json", List.of(Slice.of(body)), model, false);
    assertThat(scan).isInstanceOf(HeadScan.Scanned.class);
    return ((HeadScan.Scanned) scan).head().prefix();
  }

  private static long of(Operation operation, String json) {
    return prefix(operation, json).fingerprint();
  }

  private static String chat(String messages) {
    return "{'model':'m','tools':[{'type':'function','function':{'name':'f'}}],'messages':["
        + messages
        + "]}";
  }

  private static String messages(String system, String turns) {
    return "{'model':'m','max_tokens':10,'system':" + system + ",'messages':[" + turns + "]}";
  }

  @Test
  void everyTurnOfAConversationHasTheSame() {
    long first = of(Operation.CHAT_COMPLETIONS, chat("{'role':'user','content':'hello'}"));
    long second =
        of(
            Operation.CHAT_COMPLETIONS,
            chat(
                "{'role':'user','content':'hello'},{'role':'assistant','content':'yes?'},"
                    + "{'role':'user','content':'well'}"));

    assertThat(second).isEqualTo(first).isNotZero();
  }

  @Test
  void whatTheUserSaysFirstTellsConversationsApart() {
    assertThat(of(Operation.CHAT_COMPLETIONS, chat("{'role':'user','content':'hello'}")))
        .isNotEqualTo(of(Operation.CHAT_COMPLETIONS, chat("{'role':'user','content':'hullo'}")));
  }

  @Test
  void toolsAndSystemPromptTellThemApart() {
    String turn = "{'role':'user','content':'hello'}";
    long plain = of(Operation.MESSAGES, messages("'be kind'", turn));

    assertThat(plain).isNotEqualTo(of(Operation.MESSAGES, messages("'be kinder'", turn)));
    assertThat(of(Operation.CHAT_COMPLETIONS, chat(turn)))
        .isNotEqualTo(
            of(Operation.CHAT_COMPLETIONS, chat(turn).replace("'name':'f'", "'name':'g'")));
  }

  @Test
  void breakpointsMayMoveFromRequestToRequest() {
    long first =
        of(
            Operation.MESSAGES,
            messages(
                "[{'type':'text','text':'be kind','cache_control':{'type':'ephemeral'}}]",
                "{'role':'user','content':[{'type':'text','text':'hello',"
                    + "'cache_control':{'type':'ephemeral'}}]}"));
    long second =
        of(
            Operation.MESSAGES,
            messages(
                "[{'type':'text','text':'be kind','cache_control':{'type':'ephemeral'}}]",
                "{'role':'user','content':'hello'},{'role':'assistant','content':'yes?'},"
                    + "{'role':'user','content':[{'type':'text','text':'go on',"
                    + "'cache_control':{'type':'ephemeral'}}]}"));

    assertThat(second).isEqualTo(first);
  }

  @Test
  void everyDialectHasOne() {
    long responses =
        of(
            Operation.RESPONSES,
            "{'model':'m','instructions':'be kind','input':[{'role':'user','content':'hello'}]}");
    assertThat(responses)
        .isNotZero()
        .isEqualTo(
            of(
                Operation.RESPONSES,
                "{'model':'m','instructions':'be kind','input':[{'role':'user','content':'hello'},"
                    + "{'type':'reasoning','summary':[]},{'role':'user','content':'more'}]}"));
    assertThat(of(Operation.RESPONSES, "{'model':'m','input':'hello'}"))
        .isNotEqualTo(of(Operation.RESPONSES, "{'model':'m','input':'hullo'}"));
    long gemini =
        of(
            Operation.GENERATE_CONTENT,
            "{'systemInstruction':{'parts':[{'text':'be kind'}]},"
                + "'contents':[{'parts':[{'text':'hello'}]}]}");
    assertThat(gemini)
        .isNotZero()
        .isEqualTo(
            of(
                Operation.GENERATE_CONTENT,
                "{'systemInstruction':{'parts':[{'text':'be kind'}]},"
                    + "'contents':[{'parts':[{'text':'hello'}]},"
                    + "{'role':'model','parts':[{'text':'yes?'}]},{'parts':[{'text':'well'}]}]}"));
  }

  @Test
  void picturesTellConversationsApart() {
    String turn =
        "{'role':'user','content':[{'type':'text','text':'what is this'},{'type':'image',"
            + "'source':{'type':'base64','media_type':'image/png','data':'%s'}}]}";

    assertThat(of(Operation.MESSAGES, messages("''", turn.formatted("AAAA"))))
        .isNotEqualTo(of(Operation.MESSAGES, messages("''", turn.formatted("BBBB"))));
  }

  @Test
  void theUserBehindAnApplicationTellsThemApart() {
    String turn = "{'role':'user','content':'hello'}],'metadata':{'user_id':'%s'},'x':[";

    assertThat(of(Operation.MESSAGES, messages("''", turn.formatted("ann"))))
        .isNotEqualTo(of(Operation.MESSAGES, messages("''", turn.formatted("bob"))));
  }

  @Test
  void whatIsNotCachedHasNone() {
    assertThat(of(Operation.EMBEDDINGS, "{'model':'m','input':'hello'}")).isZero();
    assertThat(
            of(
                Operation.COUNT_TOKENS,
                "{'model':'m','messages':[{'role':'user','content':'hello'}]}"))
        .isZero();
  }

  @Test
  void theLongestLifeAskedForCounts() {
    String turn = "{'role':'user','content':'hello'}";
    String both =
        "[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},"
            + "{'type':'text','text':'b','cache_control':{'type':'ephemeral','ttl':'5m'}}]";

    assertThat(prefix(Operation.MESSAGES, messages(both, turn)).life())
        .isEqualTo(Duration.ofHours(1));
    assertThat(prefix(Operation.MESSAGES, messages("''", turn)).life()).isZero();
  }

  @Test
  void theCallersOwnKeyIsReadAndOneOfOursIsSplicedIn() {
    String json = " {'model':'m','input':'hello'}";
    PromptPrefix own =
        prefix(Operation.RESPONSES, "{'model':'m','input':'hello','prompt_cache_key':'session-1'}");
    assertThat(own.cacheKey()).isEqualTo("session-1");
    assertThat(own.keyed()).isTrue();

    PromptPrefix none = prefix(Operation.RESPONSES, json);
    assertThat(none.keyed()).isFalse();
    List<Slice> edited =
        BodyEdits.apply(
            List.of(Slice.of(json.replace('\'', '"').getBytes(UTF_8))),
            List.of(PromptPrefix.keyedBy("fb-1", none.splice())));
    assertThat(Slice.joined(edited).text())
        .isEqualTo(" {\"prompt_cache_key\":\"fb-1\",\"model\":\"m\",\"input\":\"hello\"}");
  }

  @Test
  void longRangesAreToldApartByTheirEnds() {
    String long1 = "x".repeat(5_000);
    long one = of(Operation.MESSAGES, messages("'" + long1 + "a'", ""));

    assertThat(one).isNotEqualTo(of(Operation.MESSAGES, messages("'" + long1 + "b'", "")));
    assertThat(one).isNotEqualTo(of(Operation.MESSAGES, messages("'b" + long1 + "'", "")));
    assertThat(one).isEqualTo(of(Operation.MESSAGES, messages("'" + long1 + "a'", "")));
  }

  @Test
  void howTheBodyIsCutMakesNoDifference() {
    String text = "the forebay holds what the turbines draw ".repeat(60);
    byte[] body =
        messages("'" + text + "'", "{'role':'user','content':'" + text + "?'}")
            .replace('\'', '"')
            .getBytes(UTF_8);
    long whole = scanned(List.of(Slice.of(body)));

    for (int piece : new int[] {1, 7, 500, 1_023, 1_025, 4_000}) {
      List<Slice> pieces = new ArrayList<>();
      for (int from = 0; from < body.length; from += piece) {
        pieces.add(new Slice(body, from, Math.min(piece, body.length - from)));
      }
      assertThat(scanned(pieces)).as("pieces of %d", piece).isEqualTo(whole);
    }
  }

  private static long scanned(List<Slice> body) {
    HeadScan scan = HeadScanner.scan(Operation.MESSAGES, "application/json", body, null, false);
    return ((HeadScan.Scanned) scan).head().prefix().fingerprint();
  }
}
