package dev.forebay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.GatewayError.Kind;
import dev.forebay.dialect.GatewayError.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/reference/errors.md` is written from [GatewayError]; `-Dgolden.rewrite=true` writes it
/// anew.
class ErrorsReferenceTest {

  private static final String INTRODUCTION =
      """
      # Errors

      What Forebay itself answers when it cannot hand on a provider's answer, in the dialect of the caller. A
      provider's own refusal of a *request* is no such error: it reaches the caller unchanged.

      - The code is stable: it is `error.code` in OpenAI's shapes, `error.details.error_code` in Anthropic's, and in
        upper case the `reason` of the `google.rpc.ErrorInfo` in Gemini's. Messages may change.
      - `retry-after` (whole seconds, rounded up) and `retry-after-ms` say when asking again can help, where that is
        known; Gemini's shape also has a `google.rpc.RetryInfo`.
      - `x-should-retry` tells the official SDKs whether to repeat the request by themselves. *Never* is always
        `false`. *When told* is `true` only with a `retry-after` of at most 60 seconds, the longest that SDKs obey.
        *Always* is `true` unless a longer wait is named.
      - The request id is in `x-forebay-request-id`; also in `x-request-id` for OpenAI, in `request-id` and the body for
        Anthropic, and in a `google.rpc.RequestInfo` for Gemini.
      - `:streamGenerateContent` without `alt=sse` gets its error as an array of one.

      This page is generated from the code.
      """;

  @Test
  void theReferenceIsCurrent() throws IOException {
    Path file = root().resolve("docs/reference/errors.md");
    String expected = reference();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file).content().isEqualTo(expected);
  }

  private static String reference() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("\n| status | code | when | retry |\n|---|---|---|---|\n");
    for (Kind kind : Kind.values()) {
      page.append("| ").append(kind.status());
      page.append(" | `").append(kind.words().code());
      page.append("` | ").append(kind.meaning().replace("|", "\\|"));
      page.append(" | ").append(retry(kind)).append(" |\n");
    }
    page.append("\n## Words by dialect\n\n");
    page.append(
        "| code | OpenAI `type` | OpenAI `param` | Anthropic `type` | Gemini `status` | Gemini `reason` |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (Kind kind : Kind.values()) {
      Words words = kind.words();
      page.append("| `").append(words.code());
      page.append("` | `").append(words.openAiType());
      page.append("` | ").append(words.param() == null ? "" : "`" + words.param() + "`");
      page.append(" | `").append(words.anthropicType());
      page.append("` | `").append(words.geminiStatus());
      page.append("` | `").append(words.geminiReason()).append("` |\n");
    }
    return page.toString();
  }

  private static String retry(Kind kind) {
    return switch (kind.retry()) {
      case NEVER -> "never";
      case WHEN_TOLD -> "when told";
      case ALWAYS -> "always";
    };
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.isDirectory(folder.resolve("dialect")) ? folder : folder.resolve("..").normalize();
  }
}
