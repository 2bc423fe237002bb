package dev.forebay.dialect.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Property;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.verdict.Verdict.CallerFault;
import dev.forebay.dialect.verdict.Verdict.Failed;
import dev.forebay.dialect.verdict.Verdict.KeyRejected;
import dev.forebay.dialect.verdict.Verdict.Throttled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every provider's table.
class VerdictsTest {

  private static final HeaderLookup NO_HEADERS = name -> null;

  private static Verdict of(Provider provider, int status, HeaderLookup headers, byte[] body) {
    return Verdicts.ofAnswer(provider, operation(provider), status, headers, body, Row.NOW);
  }

  private static Verdict of(Provider provider, int status, String body) {
    return of(provider, status, NO_HEADERS, body.getBytes(UTF_8));
  }

  private static Operation operation(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> Operation.MESSAGES;
      case OPENAI -> Operation.RESPONSES;
      case GEMINI -> Operation.STREAM_GENERATE_CONTENT;
    };
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void noApiAnswersWithARedirectionOrAnInterimStatus(Provider provider) {
    for (int status : new int[] {100, 101, 103, 0, 301, 302, 304, 307, 308}) {
      assertThat(of(provider, status, "")).isInstanceOf(Failed.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aServerErrorWithoutAReadableBodyFails(Provider provider) {
    for (int status : new int[] {500, 502, 504, 520, 599}) {
      assertThat(of(provider, status, "<html>")).isInstanceOf(Failed.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void timeoutsAndLocksAreWorthAnotherKey(Provider provider) {
    assertThat(of(provider, 408, "{}")).isInstanceOf(Failed.class);
    assertThat(of(provider, 409, "{}")).isInstanceOf(Failed.class);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aConflictThatRepeatingCannotHelpIsTheCallers(Provider provider) {
    HeaderLookup final409 = Map.of("x-should-retry", "false")::get;

    assertThat(of(provider, 409, final409, new byte[0])).isInstanceOf(CallerFault.class);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void shouldRetryDoesNotTurnAFailureIntoTheCallersFault(Provider provider) {
    HeaderLookup no = Map.of("x-should-retry", "false")::get;

    assertThat(of(provider, 500, no, new byte[0])).isInstanceOf(Failed.class);
    assertThat(of(provider, 429, no, new byte[0])).isInstanceOf(Throttled.class);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anUndocumentedStatusIsTheCallersUnlessARepeatIsInvited(Provider provider) {
    HeaderLookup yes = Map.of("x-should-retry", "true")::get;

    for (int status : new int[] {405, 410, 415, 418, 422, 451}) {
      assertThat(of(provider, status, "no")).isInstanceOf(CallerFault.class);
      assertThat(of(provider, status, yes, new byte[0])).isInstanceOf(Failed.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void whatLiesBetweenIsNotTheCallersFault(Provider provider) {
    assertThat(of(provider, 407, "<html>proxy</html>")).isInstanceOf(Failed.class);
    assertThat(of(provider, 404, "<html>not here</html>")).isInstanceOf(Failed.class);
    assertThat(of(provider, 421, "")).isInstanceOf(Failed.class);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void statusAloneDecidesWhereTheBodyIsUnreadable(Provider provider) {
    for (String body :
        new String[] {"", "<html>", "null", "[]", "{}", "\"no\"", "{\"error\":[1]}"}) {
      assertThat(of(provider, 401, body)).isInstanceOf(KeyRejected.class);
      assertThat(of(provider, 400, body)).isInstanceOf(CallerFault.class);
      assertThat(of(provider, 413, body)).isInstanceOf(CallerFault.class);
      assertThat(of(provider, 403, body)).isInstanceOf(Throttled.class);
      assertThat(of(provider, 429, body)).isInstanceOf(Throttled.class);
    }
  }

  @Test
  void readsCompressedBodies() throws IOException {
    byte[] body =
        Bodies.anthropic("invalid_request_error", "Hold.", "organization_on_hold").getBytes(UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(body);
    }
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(body);
    }

    assertThat(of(Provider.ANTHROPIC, 400, encoded("gzip"), gzip.toByteArray()))
        .isInstanceOf(KeyRejected.class);
    assertThat(of(Provider.ANTHROPIC, 400, encoded("deflate"), deflate.toByteArray()))
        .isInstanceOf(KeyRejected.class);
    assertThat(of(Provider.ANTHROPIC, 400, encoded("identity"), body))
        .isInstanceOf(KeyRejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void aDamagedOrUnknownCompressionLeavesTheStatus(String encoding) {
    byte[] damaged = {31, -117, 8, 0, 1, 2, 3, 4, 5, 6};

    assertThat(of(Provider.OPENAI, 401, encoded(encoding), damaged))
        .isInstanceOf(KeyRejected.class);
    assertThat(of(Provider.OPENAI, 400, encoded(encoding), damaged))
        .isInstanceOf(CallerFault.class);
  }

  private static HeaderLookup encoded(String encoding) {
    return name -> name.equals("content-encoding") ? encoding : null;
  }

  @Test
  void aReasonIsOneShortLineForPeople() {
    String message = "Line one\\nline\\ttwo " + "x".repeat(1000);
    Verdict verdict =
        of(
            Provider.OPENAI,
            401,
            Bodies.openAi("invalid_request_error", "invalid_api_key", message));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            KeyRejected.class,
            rejected ->
                assertThat(rejected.reason())
                    .startsWith("401 invalid_request_error invalid_api_key: Line one line two x")
                    .endsWith("…")
                    .hasSizeLessThan(400)
                    .doesNotContain("\n"));
  }

  @Test
  void aReasonWithoutABodyIsTheStatus() {
    assertThat(of(Provider.ANTHROPIC, 502, "")).isEqualTo(new Failed("502"));
    assertThat(
            Verdicts.ofStreamError(
                Provider.OPENAI, Operation.RESPONSES, Slice.of(new byte[0]), Row.NOW))
        .isEqualTo(new Failed("an error without a word"));
  }

  /// Bodies that were cut, damaged or invented, under every status and with every header garbled.
  @Property(runs = 500)
  void neverThrows(long seed) {
    Random random = new Random(seed);
    String[] models = {
      Bodies.anthropic("rate_limit_error", "You will regain access on 2026-1", "thread_not_found"),
      Bodies.openAi("tokens", "rate_limit_exceeded", "Please try again in 1h2m3.4s5"),
      Bodies.gemini(
          429,
          "RESOURCE_EXHAUSTED",
          "limit: 0 Please retry in 9.s",
          Bodies.errorInfo("X"),
          Bodies.quotaFailure("PerDay"),
          Bodies.retryInfo("1s")),
      "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":7,\"message\":null}}}",
      "[[[{\"error\":{\"details\":[[],{\"violations\":[1,{\"quotaId\":{}}]}]}}]]]",
      "{\"error\":\"a word\"}"
    };
    byte[] body = models[random.nextInt(models.length)].getBytes(UTF_8);
    for (int i = random.nextInt(6); i > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    byte[] cut = java.util.Arrays.copyOf(body, random.nextInt(body.length + 1));
    HeaderLookup headers =
        name -> random.nextBoolean() ? null : Long.toString(random.nextLong(), 36);
    Provider provider = Provider.values()[random.nextInt(3)];
    Operation operation = Operation.values()[random.nextInt(Operation.values().length)];

    for (int status = 100; status < 600; status += 1 + random.nextInt(7)) {
      assertThat(Verdicts.ofAnswer(provider, operation, status, headers, cut, Row.NOW)).isNotNull();
    }
    assertThat(Verdicts.ofStreamError(provider, operation, Slice.of(cut), Row.NOW)).isNotNull();
  }

  @Test
  void deepNestingIsNoTrap() {
    String deep = "{\"error\":" + "[".repeat(5000);

    assertThat(of(Provider.GEMINI, 401, deep)).isInstanceOf(KeyRejected.class);
  }
}
