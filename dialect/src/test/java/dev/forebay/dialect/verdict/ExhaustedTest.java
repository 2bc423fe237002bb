package dev.forebay.dialect.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExhaustedTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          requests per min (RPM): Limit 60, Used 60, Requested 1.          | REQUESTS | false | 60 | 60
          requests per day (RPD): Limit 200, Used 200, Requested 1.        | REQUESTS | true | 200 | 200
          tokens per min (TPM): Limit 30000, Used 29500, Requested 1000.   | TOKENS | false | 30000 | 29500
          tokens per min (TPM): Limit 30000, Requested 31000.              | TOKENS | false | 30000 | -1
          tokens per day (TPD): Limit 500000, Used 499000, Requested 2000. | TOKENS | true | 500000 | 499000
          """)
  void readsTheLimitThatOpenAiNames(
      String what, Counted counted, boolean perDay, long limit, long used) {
    String message = "Rate limit reached for gpt-6-sol in organization org-x on " + what;

    assertThat(Exhausted.ofOpenAi(message)).isEqualTo(new Exhausted(counted, perDay, limit, used));
  }

  @ParameterizedTest
  @CsvSource({"Slow down.", "Limit of patience", "Limit 30000 apples", "''"})
  void readsNothingElse(String message) {
    assertThat(Exhausted.ofOpenAi(message)).isNull();
  }

  @Test
  void readsGooglesViolationsAndWhoseProjectItIs() {
    String body =
        """
        {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"You exceeded your current quota.",
         "details":[
          {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
            {"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier","quotaValue":"10"},
            {"quotaId":"GenerateContentInputTokensPerModelPerMinute-FreeTier","quotaValue":"250000"},
            {"quotaId":"SomethingElsePerMinute","quotaValue":"3"}]},
          {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE_LIMIT_EXCEEDED",
           "domain":"googleapis.com","metadata":{"service":"x","consumer":"projects/12345"}},
          {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"20s"}]}}
        """;
    Verdict verdict =
        Verdicts.ofAnswer(
            Provider.GEMINI,
            Operation.GENERATE_CONTENT,
            429,
            name -> null,
            body.getBytes(UTF_8),
            NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Throttled.class,
            throttled -> {
              assertThat(throttled.exhausted())
                  .containsExactly(
                      new Exhausted(Counted.REQUESTS, false, 10, -1),
                      new Exhausted(Counted.INPUT_TOKENS, false, 250_000, -1));
              assertThat(throttled.consumer()).isEqualTo("projects/12345");
            });
  }
}
