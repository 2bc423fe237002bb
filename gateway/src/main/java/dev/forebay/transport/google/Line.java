package dev.forebay.transport.google;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends one call at a time of whoever asks, and waits for its answer. Thread-safe; blocks, so
/// never to be used on an event loop.
final class Line {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int LARGEST_ANSWER = 4 << 20;

  private final Vertx vertx;
  private final Context loop;
  private final Function<Vertx, Upstream> makeUpstream;

  // The loop only.
  private @Nullable Upstream upstream;

  Line(Vertx vertx, Function<Vertx, Upstream> makeUpstream) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.makeUpstream = makeUpstream;
  }

  /// What came back.
  sealed interface Answer {
    /// @param location where it would lead; null when nowhere
    record Answered(int status, @Nullable String location, Buffer body) implements Answer {}

    /// @param reason one clause for people
    record Failed(String reason) implements Answer {}
  }

  /// A form, sent.
  Answer post(URI url, String form) {
    byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
    return send(
        url,
        "POST",
        List.of("content-type", "application/x-www-form-urlencoded"),
        List.of(new Slice(bytes, 0, bytes.length)),
        bytes.length);
  }

  /// A question.
  ///
  /// @param headers name and value in turn
  Answer get(URI url, List<String> headers) {
    return send(url, "GET", headers, List.of(), 0);
  }

  private Answer send(URI url, String method, List<String> headers, List<Slice> body, long bytes) {
    Origin origin;
    try {
      origin = Origin.parse(url.getScheme() + "://" + url.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return new Answer.Failed("its address cannot be used");
    }
    String query = url.getRawQuery();
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of("accept", "application/json", "accept-encoding", "identity"));
    UpstreamRequest request =
        new UpstreamRequest(
            origin,
            method,
            url.getRawPath() + (query == null ? "" : "?" + query),
            all,
            body,
            bytes,
            Limits.defaults());
    CompletableFuture<Answer> result = new CompletableFuture<>();
    loop.runOnContext(v -> begin(request, result));
    return result.join();
  }

  private void begin(UpstreamRequest request, CompletableFuture<Answer> result) {
    try {
      Upstream way = upstream;
      if (way == null) {
        way = makeUpstream.apply(vertx);
        upstream = way;
      }
      Upstream.Call call = way.send(request, new Reply(result));
      long timer =
          vertx.setTimer(
              LONGEST.toMillis(),
              fired -> {
                call.cancel();
                result.complete(
                    new Answer.Failed("no answer came within " + LONGEST.toSeconds() + " seconds"));
              });
      result.whenComplete((answer, failure) -> vertx.cancelTimer(timer));
    } catch (RuntimeException e) {
      result.complete(new Answer.Failed("it cannot be asked"));
    }
  }

  private static final class Reply implements Upstream.Answer {

    private final CompletableFuture<Answer> result;
    private final Buffer body = Buffer.buffer();
    private int status;
    private @Nullable String location;

    Reply(CompletableFuture<Answer> result) {
      this.result = result;
    }

    @Override
    public void head(int answered, Headers headers) {
      status = answered;
      location = headers.get("location");
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
      if (body.length() + length <= LARGEST_ANSWER) {
        body.appendBytes(array, offset, length);
      }
    }

    @Override
    public void end() {
      result.complete(new Answer.Answered(status, location, body));
    }

    @Override
    public void failed(Upstream.Failure failure) {
      result.complete(new Answer.Failed(failure.message()));
    }
  }
}
