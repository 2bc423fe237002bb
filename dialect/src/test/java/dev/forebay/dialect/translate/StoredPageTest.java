package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StoredAnswer;
import dev.forebay.dialect.StoredQuery;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StoredPageTest {

  private static Slice json(String text) {
    return Slice.of(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static StoredPage page(String text) {
    return Objects.requireNonNull(StoredPage.read(json(text)));
  }

  @Test
  void readsAPageAndWritesItAgain() {
    StoredPage page =
        page(
            "{'object':'list','data':[{'id':'file-1','created_at':5},{'id':'file-2','created_at':3}],"
                + "'has_more':true}");

    assertThat(page.items()).extracting(StoredPage.Item::id).containsExactly("file-1", "file-2");
    assertThat(page.more()).isTrue();
    assertThat(
            new String(
                StoredPage.write(Dialect.OPENAI_CHAT, page.name(), page.items(), true, null),
                UTF_8))
        .isEqualTo(
            "{'object':'list','data':[{'id':'file-1','created_at':5},{'id':'file-2','created_at':3}],"
                    .replace('\'', '"')
                + "\"first_id\":\"file-1\",\"last_id\":\"file-2\",\"has_more\":true}");
  }

  @Test
  void whatFitsOnOnePageIsSortedByAge() {
    List<StoredPage.Item> items =
        page("{'data':[{'id':'a','created_at':9},{'id':'b','created_at':10}]}").items();

    assertThat(StoredPage.sorted(items, false))
        .extracting(StoredPage.Item::id)
        .containsExactly("b", "a");
    assertThat(StoredPage.sorted(items, true))
        .extracting(StoredPage.Item::id)
        .containsExactly("a", "b");
  }

  @Test
  void googlesTokenSaysWhoseItIs() {
    String token = StoredQuery.token("acme", "xyz/1");
    StoredQuery query =
        StoredQuery.of(
            Dialect.GEMINI_GENERATE, "/v1beta/files?pageSize=3&pageToken=" + token + "&alt=json");

    assertThat(query.cursor()).isEqualTo("xyz/1");
    assertThat(StoredQuery.names(query.account(), "acme")).isTrue();
    assertThat(StoredQuery.names(query.account(), "another")).isFalse();
    assertThat(query.path(true, 2))
        .isEqualTo("/v1beta/files?alt=json&pageSize=2&pageToken=xyz%2F1");
    assertThat(query.path(false, -1)).isEqualTo("/v1beta/files?alt=json");
  }

  @Test
  void addressesInABatchLeadBack() {
    Slice batch =
        json(
            "{'id':'msgbatch_1','results_url':'https://api.anthropic.com/v1/messages/batches/msgbatch_1/results'}");

    List<Slice> told =
        BodyEdits.apply(List.of(batch), StoredAnswer.addresses(batch, "http://localhost:4400"));

    assertThat(Slice.joined(told).text())
        .contains("\"http://localhost:4400/v1/messages/batches/msgbatch_1/results\"");
    assertThat(StoredAnswer.ids(Operation.ANTHROPIC_STORE, batch)).containsExactly("msgbatch_1");
  }

  @Test
  void theIdsOfEverythingNamedAreRead() {
    assertThat(
            StoredAnswer.ids(
                Operation.OPENAI_STORED,
                json("{'id':'batch_1','input_file_id':'file-1','output_file_id':'file-2'}")))
        .containsExactly("batch_1", "file-1", "file-2");
    assertThat(
            StoredAnswer.ids(
                Operation.GEMINI_STORE, json("{'file':{'name':'files/a','displayName':'x'}}")))
        .containsExactly("files/a");
  }
}
