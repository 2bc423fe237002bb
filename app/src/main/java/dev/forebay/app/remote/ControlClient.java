package dev.forebay.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls the control API of one gateway. *Confined to one thread.*
public final class ControlClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final Duration READ = Duration.ofSeconds(20);

  /// Tests of many keys take their time.
  private static final Duration CHANGE = Duration.ofMinutes(5);

  private final Endpoint endpoint;
  private final HttpClient http;

  public ControlClient(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// The gateway that is called.
  public String url() {
    return endpoint.url();
  }

  /// A value as it may stand in a path.
  public static String segment(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Answer get(String path) {
    return call("GET", path, null);
  }

  public Answer post(String path, @Nullable JsonNode body) {
    return call("POST", path, body);
  }

  public Answer patch(String path, JsonNode body) {
    return call("PATCH", path, body);
  }

  public Answer put(String path, JsonNode body) {
    return call("PUT", path, body);
  }

  public Answer delete(String path) {
    return call("DELETE", path, null);
  }

  private Answer call(String method, String path, @Nullable JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/api/v1" + path))
            .timeout(method.equals("GET") ? READ : CHANGE)
            .header("accept", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.line(body)));
    if (body != null) {
      request.header("content-type", "application/json");
    }
    Secret token = endpoint.token();
    if (token != null) {
      request.header("authorization", "Bearer " + token.reveal(SecretAccess.granted()));
    }
    try {
      return answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      return refused("unreachable", unreachable(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("interrupted", "interrupted before the gateway answered");
    }
  }

  private static Answer refused(String type, String title) {
    return new Answer.Refused(Refusal.local(type, title));
  }

  private String unreachable(IOException failure) {
    String where = "cannot reach Forebay at " + url() + ": ";
    String elsewhere = "or say where it is with --url, FOREBAY_URL or --data";
    return switch (failure) {
      case HttpConnectTimeoutException _ ->
          where + "nothing answers within " + CONNECT.toSeconds() + " s; check the address";
      case ConnectException _ ->
          where + "nothing listens there; start it with 'forebay serve', " + elsewhere;
      case HttpTimeoutException _ ->
          where + "it took the request and did not answer in time; its log may say why";
      default -> where + failure + "; is it a gateway that listens there?";
    };
  }

  private Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    String type = response.headers().firstValue("content-type").orElse("");
    JsonNode json = response.body().isEmpty() ? MissingNode.getInstance() : parsed(response);
    if (status < 300 && json != null) {
      return new Answer.Good(json);
    }
    if (status == 401) {
      return new Answer.Refused(new Refusal(Refusal.problem("not-signed-in", signIn(), 401)));
    }
    if (json != null && type.startsWith("application/problem+json")) {
      return new Answer.Refused(new Refusal(json));
    }
    return refused(
        "not-forebay",
        url()
            + " answers with status "
            + status
            + " and not as Forebay's control API does; check the address, and what stands before"
            + " the gateway");
  }

  private static @Nullable JsonNode parsed(HttpResponse<String> response) {
    String type = response.headers().firstValue("content-type").orElse("");
    return type.contains("json") ? Json.read(response.body()) : null;
  }

  private String signIn() {
    return switch (endpoint.origin()) {
      case NONE ->
          "not signed in at "
              + url()
              + ": "
              + endpoint.data()
              + " is not the data directory of that gateway (name it with --data), and there is no"
              + " API token (make one in the console under Account and put it into FOREBAY_TOKEN)";
      case GIVEN ->
          url()
              + " does not know this API token, or it has expired; make another one in the console"
              + " under Account";
      case LOCAL ->
          url()
              + " does not know the token in "
              + endpoint.data()
              + ", which a gateway left that has ended; name the data directory of the running one"
              + " with --data, or put an API token into FOREBAY_TOKEN";
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
