package dev.forebay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamHeadersTest {

  /// What carries a credential, an account of the caller, his way here, or only this connection.
  private static final List<String> NEVER_UPSTREAM =
      List.of(
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "api-key",
          "proxy-authorization",
          "proxy-authenticate",
          "proxy-connection",
          "cookie",
          "set-cookie",
          "x-auth-token",
          "x-amz-security-token",
          "cf-access-client-secret",
          "x-goog-iap-jwt-assertion",
          "x-goog-iam-authorization-token",
          "x-goog-authenticated-user-email",
          "openai-organization",
          "openai-project",
          "openai-insecure-api-key",
          "anthropic-workspace-id",
          "anthropic-organization-id",
          "anthropic-auth-token",
          "x-goog-user-project",
          "origin",
          "referer",
          "sec-fetch-mode",
          "sec-ch-ua",
          "sec-websocket-protocol",
          "forwarded",
          "via",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-real-ip",
          "traceparent",
          "baggage",
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "host",
          "content-length",
          "accept-encoding",
          "x-forebay-request-id",
          "x-forebay-key",
          "anthropic-dangerous-direct-browser-access",
          "x-nobody-knows");

  /// What names an account of the operator, the state of one key of many, or only this connection.
  private static final List<String> NEVER_DOWNSTREAM =
      List.of(
          "set-cookie",
          "alt-svc",
          "strict-transport-security",
          "connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "trailer",
          "upgrade",
          "www-authenticate",
          "proxy-authenticate",
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "anthropic-organization-id",
          "anthropic-workspace-id",
          "openai-organization",
          "openai-project",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-reset-tokens",
          "anthropic-ratelimit-requests-remaining",
          "anthropic-ratelimit-unified-status",
          "anthropic-priority-input-tokens-limit",
          "access-control-allow-origin",
          "server",
          "via",
          "cf-ray",
          "date",
          "x-forebay-key",
          "x-nobody-knows");

  @ParameterizedTest
  @EnumSource(Provider.class)
  void neitherCredentialsNorTracesOfTheCallerReachAProvider(Provider provider) {
    assertThat(NEVER_UPSTREAM).noneMatch(name -> UpstreamHeaders.forwardRequest(provider, name));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void nothingOfTheOperatorsAccountsReachesACaller(Provider provider) {
    assertThat(NEVER_DOWNSTREAM).noneMatch(name -> UpstreamHeaders.forwardResponse(provider, name));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void whatDescribesTheRequestTravels(Provider provider) {
    assertThat(
            List.of(
                "accept",
                "content-type",
                "content-encoding",
                "user-agent",
                "idempotency-key",
                "x-client-request-id",
                "x-stainless-lang",
                "x-stainless-retry-count"))
        .allMatch(name -> UpstreamHeaders.forwardRequest(provider, name));
  }

  @Test
  void everyProviderGetsItsOwnHeadersAndNoOthers() {
    List<String> anthropic =
        List.of("anthropic-version", "anthropic-beta", "x-app", "x-claude-code-session-id");
    List<String> openAi =
        List.of("openai-beta", "originator", "session-id", "thread-id", "x-codex-turn-metadata");
    List<String> gemini = List.of("x-goog-api-client", "x-server-timeout");

    assertThat(anthropic)
        .allMatch(name -> UpstreamHeaders.forwardRequest(Provider.ANTHROPIC, name))
        .noneMatch(name -> UpstreamHeaders.forwardRequest(Provider.OPENAI, name))
        .noneMatch(name -> UpstreamHeaders.forwardRequest(Provider.GEMINI, name));
    assertThat(openAi)
        .allMatch(name -> UpstreamHeaders.forwardRequest(Provider.OPENAI, name))
        .noneMatch(name -> UpstreamHeaders.forwardRequest(Provider.ANTHROPIC, name));
    assertThat(gemini)
        .allMatch(name -> UpstreamHeaders.forwardRequest(Provider.GEMINI, name))
        .noneMatch(name -> UpstreamHeaders.forwardRequest(Provider.OPENAI, name));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void whatDescribesTheAnswerTravelsBack(Provider provider) {
    assertThat(
            List.of(
                "content-type",
                "content-encoding",
                "content-disposition",
                "request-id",
                "x-request-id",
                "retry-after",
                "retry-after-ms",
                "x-should-retry"))
        .allMatch(name -> UpstreamHeaders.forwardResponse(provider, name));
  }

  @Test
  void aProvidersOwnHeadersTravelBack() {
    assertThat(List.of("openai-processing-ms", "openai-version", "openai-model"))
        .allMatch(name -> UpstreamHeaders.forwardResponse(Provider.OPENAI, name));
    assertThat(UpstreamHeaders.forwardResponse(Provider.ANTHROPIC, "anthropic-fast-mode")).isTrue();
    assertThat(UpstreamHeaders.forwardResponse(Provider.GEMINI, "x-gemini-service-tier")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic-beta",
        "Anthropic-Beta",
        "close, anthropic-beta",
        "close ,\tANTHROPIC-BETA , x",
        ",,anthropic-beta,,"
      })
  void whatConnectionNamesIsForThisHop(String connection) {
    assertThat(UpstreamHeaders.namedByConnection(connection, "anthropic-beta")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "close", "anthropic-beta-2", "x-anthropic-beta", ",", " , "})
  void whatConnectionDoesNotNameIsNot(String connection) {
    assertThat(UpstreamHeaders.namedByConnection(connection, "anthropic-beta")).isFalse();
    assertThat(UpstreamHeaders.namedByConnection(null, "anthropic-beta")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aKeyStandsWhereItsProviderWantsIt(Operation operation) {
    CredentialHeader header = CredentialHeader.of(operation);
    String written = header.header() + ": " + header.value("sk-1");
    boolean openAiCompatible = operation.name().startsWith("GEMINI_OPENAI");

    assertThat(written)
        .isEqualTo(
            switch (operation.provider()) {
              case ANTHROPIC -> "x-api-key: sk-1";
              case OPENAI -> "authorization: Bearer sk-1";
              case GEMINI ->
                  openAiCompatible || operation == Operation.GEMINI_CHAT_COMPLETIONS
                      ? "authorization: Bearer sk-1"
                      : "x-goog-api-key: sk-1";
            });
    assertThat(UpstreamHeaders.forwardRequest(operation.provider(), header.header())).isFalse();
  }
}
