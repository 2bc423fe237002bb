package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// A plain HTTP client for tests.
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  static final String CHAT =
      """
      {"model":"gpt-6-sol","messages":[{"role":"user","content":"hello"}]}\
      """;
  static final String CHAT_STREAM =
      """
      {"model":"gpt-6-sol","stream":true,"messages":[{"role":"user","content":"hello"}]}\
      """;
  static final String MESSAGE =
      """
      {"model":"claude-opus-5-5","max_tokens":100,"messages":[{"role":"user","content":"hello"}]}\
      """;
  static final String MESSAGE_STREAM =
      """
      {"model":"claude-opus-5-5","max_tokens":100,"stream":true,\
      "messages":[{"role":"user","content":"hello"}]}\
      """;
  static final String CONTENTS =
      """
      {"contents":[{"role":"user","parts":[{"text":"hello"}]}]}\
      """;
  static final String GENERATE = "/v1beta/models/gemini-3.8-flash:generateContent";
  static final String STREAM = "/v1beta/models/gemini-3.8-flash:streamGenerateContent";

  private final String origin;

  Http(Simulator simulator) {
    this.origin = simulator.origin();
  }

  HttpResponse<byte[]> openai(String secret, String path, String body) {
    return post(path, body, Map.of("authorization", "Bearer " + secret));
  }

  HttpResponse<byte[]> anthropic(String secret, String path, String body) {
    return post(path, body, Map.of("x-api-key", secret, "anthropic-version", "2026-10-21"));
  }

  HttpResponse<byte[]> gemini(String secret, String path, String body) {
    return post(path, body, Map.of("x-goog-api-key", secret));
  }

  HttpResponse<byte[]> post(String path, String body, Map<String, String> headers) {
    return send(
        request(path, headers)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<byte[]> get(String path, Map<String, String> headers) {
    return send(request(path, headers).GET().build());
  }

  HttpRequest.Builder request(String path, Map<String, String> headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(60));
    headers.forEach(builder::header);
    return builder;
  }

  static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JsonText.parse(response.body());
    } catch (IOException malformed) {
      throw new UncheckedIOException(text(response), malformed);
    }
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
