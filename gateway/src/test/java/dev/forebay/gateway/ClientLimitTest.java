package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Limits of client keys, as their callers meet them.
class ClientLimitTest extends GatewayTest {

  private TestGateway gateway(ClientLimits limits) {
    return TestGateway.builder(vertx)
        .key(Provider.ANTHROPIC, "first", provider.port())
        .clientLimits(limits)
        .start();
  }

  @Test
  void aRequestOverTheLimitIsToldWhichAndUntilWhen() throws Exception {
    try (TestGateway gateway = gateway(new ClientLimits(1, 0, 0, 0))) {
      provider.on("first", status(200, Answers.MESSAGE));
      assertThat(gateway.messages(Answers.MESSAGES_REQUEST).statusCode()).isEqualTo(200);
      gateway.listener.next();

      HttpResponse<String> refused = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body())
          .contains("rate_limit_error", "`laptop` is over its limit of 1 requests per minute");
      assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(1, 120);
      ExchangeReport report = gateway.listener.next();
      assertThat(report.end()).isEqualTo(ExchangeReport.End.REFUSED);
      assertThat(report.attempts()).isEmpty();
    }
  }

  @Test
  void tokensCountByWhatWasUsed() throws Exception {
    // The request is expected to use more than the limit and uses 12.
    try (TestGateway gateway = gateway(new ClientLimits(0, 0, 0, 20))) {
      provider.on("first", status(200, Answers.MESSAGE));

      assertThat(gateway.messages(Answers.MESSAGES_REQUEST).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("20 tokens per day");
    }
  }
}
