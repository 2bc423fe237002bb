package dev.forebay.exchange;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.ErrorWriter;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.UpstreamHeaders;
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
  private static final String ATTEMPTS = "x-forebay-attempts";

  private AnswerHeaders() {}

  /// The head of a provider's answer or refusal; names and values in turn.
  ///
  /// @param keyName the key that answered, or null when none did
  static List<String> of(
      ClientRequest request,
      Operation operation,
      String model,
      @Nullable String keyName,
      int attempts,
      @Nullable Headers provided) {
    List<String> headers = provided == null ? new ArrayList<>(12) : forwarded(operation, provided);
    headers.add(REQUEST_ID);
    headers.add(request.id());
    headers.add(PROVIDER);
    headers.add(operation.provider().id());
    if (!model.isEmpty()) {
      headers.add(MODEL);
      headers.add(printable(model));
    }
    if (keyName != null) {
      headers.add(KEY);
      headers.add(printable(keyName));
    }
    headers.add(ATTEMPTS);
    headers.add(Integer.toString(attempts));
    return headers;
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

  private static List<String> forwarded(Operation operation, Headers provided) {
    List<String> headers = new ArrayList<>(32);
    String connection = provided.get("connection");
    boolean decoded = Decoder.decodes(provided.get("content-encoding"));
    provided.each((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (UpstreamHeaders.forwardResponse(operation.provider(), lower)
          && !(decoded && lower.equals("content-encoding"))
          && (connection == null || !UpstreamHeaders.namedByConnection(connection, lower))) {
        headers.add(name);
        headers.add(value);
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
