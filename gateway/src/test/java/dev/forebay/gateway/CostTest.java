package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.sse;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Status;
import dev.forebay.prices.Cost;
import dev.forebay.testing.ScriptedProvider.Ending;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// What requests cost, and daily budgets in money, from the client's request to the key's books.
class CostTest extends GatewayTest {

  // Opus 5.5: 4 in, 20 out, 0.2 read, 5 and 8 written, in dollars per million.
  private static final String CACHED =
      Answers.MESSAGE.replace(
          "\"usage\":{\"input_tokens\":9,",
          "\"usage\":{\"input_tokens\":9,\"cache_read_input_tokens\":1000,"
              + "\"cache_creation_input_tokens\":300,\"cache_creation\":{"
              + "\"ephemeral_5m_input_tokens\":200,\"ephemeral_1h_input_tokens\":100},");

  @Test
  void anAnswerIsBilledByItsUsage() throws Exception {
    try (TestGateway gateway = gateway(Provider.ANTHROPIC, Long.MAX_VALUE)) {
      provider.on("first", status(200, CACHED));

      gateway.messages(Answers.MESSAGES_REQUEST);

      ExchangeReport report = gateway.listener.next();
      long cost = 9 * 4_000 + 1_000 * 200 + 200 * 5_000 + 100 * 8_000 + 3 * 20_000;
      assertThat(report.cost()).isEqualTo(new Cost(cost));
      assertThat(report.priceVersion()).isEqualTo(CatalogReader.shipped().version());
      assertThat(view(gateway).usedTodayNanoDollars()).isEqualTo(cost);
      assertThat(view(gateway).reservedNanoDollars()).isZero();
    }
  }

  @Test
  void aStreamIsBilledByItsLastUsage() throws Exception {
    try (TestGateway gateway = gateway(Provider.ANTHROPIC, Long.MAX_VALUE)) {
      provider.on("first", sse(Ending.CLEAN, Answers.MESSAGE_STREAM));

      gateway.messages(Answers.MESSAGES_STREAM_REQUEST);

      assertThat(gateway.listener.next().cost()).isEqualTo(new Cost(9 * 4_000 + 3 * 20_000));
    }
  }

  @Test
  void aModelWithoutAPriceCostsNobodyKnowsWhatAndIsServed() throws Exception {
    try (TestGateway gateway = gateway(Provider.OPENAI, 1)) {
      provider.on("first", status(200, Answers.CHAT));

      HttpResponse<String> answer =
          gateway.chat(Answers.CHAT_REQUEST.replace("gpt-6-sol", "house-model"));

      assertThat(answer.statusCode()).isEqualTo(200);
      ExchangeReport report = gateway.listener.next();
      assertThat(report.usage().total()).isEqualTo(12);
      assertThat(report.cost()).isNull();
      assertThat(report.priceVersion()).isEqualTo(CatalogReader.shipped().version());
      assertThat(view(gateway).usedTodayNanoDollars()).isZero();
    }
  }

  @Test
  void nothingUsedCostsNothing() throws Exception {
    try (TestGateway gateway = gateway(Provider.OPENAI, Long.MAX_VALUE)) {
      provider.on("first", status(400, Answers.openAi("invalid_request_error", "", "no")));

      gateway.chat(Answers.CHAT_REQUEST);

      assertThat(gateway.listener.next().cost()).isEqualTo(Cost.ZERO);
    }
  }

  @Test
  void aKeyWhoseDollarsAreSpentLeavesTheRotation() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port(), 9, Long.MAX_VALUE, 700_000, null)
            .key(Provider.OPENAI, "second", provider.port(), 1, Long.MAX_VALUE, null)
            .start()) {
      // A large answer: 9 in at 2 dollars, 100 out at 10.
      String large = Answers.CHAT.replace("\"completion_tokens\":3", "\"completion_tokens\":100");
      provider.on("first", status(200, large));
      provider.on("second", status(200, Answers.CHAT));

      gateway.chat(Answers.CHAT_REQUEST);
      assertThat(gateway.listener.next().keyId()).isEqualTo("first");
      assertThat(view(gateway).status()).isInstanceOf(Status.Spent.class);
      gateway.chat(Answers.CHAT_REQUEST);
      assertThat(gateway.listener.next().keyId()).isEqualTo("second");

      assertThat(view(gateway).usedTodayNanoDollars()).isEqualTo(9 * 2_000 + 100 * 10_000);
      assertThat(provider.keys()).containsExactly("first", "second");
    }
  }

  @Test
  void theClientHearsWhenEveryKeyIsOverItsDollars() throws Exception {
    try (TestGateway gateway = gateway(Provider.OPENAI, 1_000)) {
      HttpResponse<String> answer = gateway.chat(Answers.CHAT_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("1 over budget");
    }
  }

  private TestGateway gateway(Provider kind, long dailyNanoDollars) {
    return TestGateway.builder(vertx)
        .key(kind, "first", provider.port(), 5, Long.MAX_VALUE, dailyNanoDollars, null)
        .start();
  }

  private static KeyView view(TestGateway gateway) {
    return gateway.pools.view("first").orElseThrow();
  }
}
