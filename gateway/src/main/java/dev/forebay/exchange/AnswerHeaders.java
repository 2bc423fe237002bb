package dev.forebay.exchange;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.ErrorWriter;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.UpstreamHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the heads of answers: what travels back from the provider, and which key answered.
public final class AnswerHeaders {

  private static final String REQUEST_ID = "x-forebay-request-id";
  private static final String PROVIDER = "x-forebay-provider";
  private static final String MODEL = "x-forebay-model";
  private static final String KEY = "x-forebay-key";
  private static final String LOSSES = "x-forebay-losses";
  private static final String ATTEMPTS = "x-forebay-attempts";

  private static final String MISSING = "x-forebay-missing-accounts";
  private static final String WAITED = "x-forebay-waited";

  private AnswerHeaders() {}

  /// Says how long the request waited for a key, in milliseconds.
  static void addWaited(List<String> headers, Waited waited) {
    headers.add(WAITED);
    headers.add(Long.toString(waited.nanos() / 1_000_000));
  }

  /// The head of a stream that is opened before anybody serves it.
  static List<String> ofWaiting(Dialect shape, String requestId) {
    List<String> headers = new ArrayList<>(8);
    headers.add("content-type");
    headers.add("text/event-stream; charset=utf-8");
    headers.add("cache-control");
    headers.add("no-cache");
    headers.add(
        switch (shape) {
          case ANTHROPIC_MESSAGES -> "request-id";
          case OPENAI_CHAT, OPENAI_RESPONSES, GEMINI_GENERATE -> "x-request-id";
        });
    headers.add(requestId);
    headers.add(REQUEST_ID);
    headers.add(requestId);
    return headers;
  }

  /// The head of a provider's answer or refusal; names and values in turn.
  ///
  /// @param keyName the key that answered, or null when none did
  /// @param stream whether a stream begins
  static List<String> of(
      Outgoing outgoing,
      @Nullable String keyName,
      int attempts,
      @Nullable Headers provided,
      boolean stream) {
    ClientRequest request = outgoing.incoming.request;
    List<String> headers =
        !outgoing.passes()
            ? translated(request, provided, stream)
            : provided == null ? new ArrayList<>(12) : forwarded(request, provided);
    String model = outgoing.target.model();
    headers.add(REQUEST_ID);
    headers.add(request.id());
    headers.add(PROVIDER);
    headers.add(outgoing.target.provider().id());
    if (!model.isEmpty()) {
      headers.add(MODEL);
      headers.add(printable(model));
    }
    if (keyName != null) {
      headers.add(KEY);
      headers.add(printable(keyName));
    }
    String losses = outgoing.losses();
    if (losses != null) {
      headers.add(LOSSES);
      headers.add(printable(losses));
    }
    headers.add(ATTEMPTS);
    headers.add(Integer.toString(attempts));
    return headers;
  }

  /// The head of an answer of our own.
  static List<String> ofOurs(ClientRequest request) {
    List<String> headers = translated(request, null, false);
    headers.add(REQUEST_ID);
    headers.add(request.id());
    headers.add(ATTEMPTS);
    headers.add("0");
    return headers;
  }

  /// The head of what several accounts answered.
  ///
  /// @param missing how many of them did not
  static List<String> ofList(Operation operation, String requestId, int missing) {
    List<String> headers = new ArrayList<>(10);
    headers.add("content-type");
    headers.add(ErrorWriter.contentType());
    headers.add(REQUEST_ID);
    headers.add(requestId);
    headers.add(PROVIDER);
    headers.add(operation.provider().id());
    if (missing > 0) {
      headers.add(MISSING);
      headers.add(Integer.toString(missing));
    }
    return headers;
  }

  /// Adds when asking again can help, unless it is there.
  static void addRetry(List<String> headers, Duration back) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).toLowerCase(Locale.ROOT).startsWith("retry-after")) {
        return;
      }
    }
    long millis = Math.max(back.toMillis(), 0) + 1;
    headers.add("retry-after");
    headers.add(Long.toString((millis + 999) / 1000));
    headers.add("retry-after-ms");
    headers.add(Long.toString(millis));
  }

  /// The head of an error of our own.
  public static List<String> ofError(
      Dialect shape, GatewayError error, String requestId, int attempts) {
    List<String> headers = new ArrayList<>(16);
    ErrorWriter.headers(shape, error, requestId)
        .forEach((name, value) -> {
          headers.add(name);
          headers.add(value);
        });
    headers.add(REQUEST_ID);
    headers.add(requestId);
    headers.add(ATTEMPTS);
    headers.add(Integer.toString(attempts));
    return headers;
  }

  /// The body of an error of our own.
  public static byte[] errorBody(
      Dialect shape, boolean array, GatewayError error, String requestId) {
    return array
        ? ErrorWriter.arrayBody(error, requestId)
        : ErrorWriter.body(shape, error, requestId);
  }

  /// Whether the endpoint's errors come as an array of one.
  public static boolean asArray(Endpoint.Found endpoint) {
    return endpoint.operation() == Operation.STREAM_GENERATE_CONTENT && !endpoint.sse();
  }

  /// What clients of the dialect look for, whoever answers.
  private static List<String> translated(
      ClientRequest request, @Nullable Headers provided, boolean stream) {
    List<String> headers = new ArrayList<>(20);
    headers.add("content-type");
    if (stream && !asArray(request.endpoint())) {
      headers.add("text/event-stream; charset=utf-8");
      headers.add("cache-control");
      headers.add("no-cache");
    } else {
      headers.add(ErrorWriter.contentType());
    }
    headers.add(
        switch (request.endpoint().operation().dialect()) {
          case ANTHROPIC_MESSAGES -> "request-id";
          case OPENAI_CHAT, OPENAI_RESPONSES, GEMINI_GENERATE -> "x-request-id";
        });
    headers.add(request.id());
    for (String name : new String[] {"retry-after", "retry-after-ms", "x-should-retry"}) {
      String value = provided == null ? null : provided.get(name);
      if (value != null) {
        headers.add(name);
        headers.add(value);
      }
    }
    return headers;
  }

  private static List<String> forwarded(ClientRequest request, Headers provided) {
    Operation operation = request.endpoint().operation();
    List<String> headers = new ArrayList<>(32);
    String connection = provided.get("connection");
    boolean decoded = Decoder.decodes(provided.get("content-encoding"));
    provided.each((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (UpstreamHeaders.forwardResponse(operation.provider(), lower)
          && !(decoded && lower.equals("content-encoding"))
          && (connection == null || !UpstreamHeaders.namedByConnection(connection, lower))) {
        headers.add(name);
        headers.add(
            operation.aboutStored() ? StoredResources.header(request, lower, value) : value);
      }
    });
    return headers;
  }

  /// A header value must be visible ASCII; models and names may be anything.
  private static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
      }
    }
    return text;
  }
}
