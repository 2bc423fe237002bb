package dev.forebay.transport.admin;

import dev.forebay.control.keys.KeyTest;
import dev.forebay.control.keys.KeyTest.Verdict;
import dev.forebay.control.keys.KeyTester;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.verdict.ProviderWords;
import dev.forebay.exchange.FreeCall;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamKey;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tries keys by asking for the list of models, on an event loop of its own. Thread-safe.
public final class FreeCallTester implements KeyTester {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_MODELS = 1_000;
  private static final int LARGEST_ANSWER = 4 << 20;

  private final Vertx vertx;
  private final Context loop;
  private final Function<Vertx, Upstream> makeUpstream;
  private final Ticker ticker;

  // The loop only.
  private @Nullable Upstream upstream;

  /// @param makeUpstream makes the way to the providers; called on the loop it is for
  public FreeCallTester(Vertx vertx, Function<Vertx, Upstream> makeUpstream, Ticker ticker) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.makeUpstream = makeUpstream;
    this.ticker = ticker;
  }

  @Override
  public CompletionStage<KeyTest> test(Provider provider, UpstreamKey key) {
    CompletableFuture<KeyTest> result = new CompletableFuture<>();
    loop.runOnContext(v -> begin(provider, key, result));
    return result;
  }

  private void begin(Provider provider, UpstreamKey key, CompletableFuture<KeyTest> result) {
    try {
      Upstream way = upstream;
      if (way == null) {
        way = makeUpstream.apply(vertx);
        upstream = way;
      }
      Secret presented = key.credential().at(ticker.nanos());
      if (presented == null) {
        result.complete(
            new KeyTest(
                Verdict.UNREACHABLE,
                provider,
                "The account has no access token now; see how it stands with Google.",
                null,
                List.of()));
        return;
      }
      Reply reply = new Reply(provider, presented, result);
      Upstream.Call call =
          way.send(
              FreeCall.models(provider, key, presented, MOST_MODELS, Limits.defaults()), reply);
      long timer =
          vertx.setTimer(
              LONGEST.toMillis(),
              fired -> {
                call.cancel();
                reply.end(Verdict.UNREACHABLE, "did not answer within 10 seconds.");
              });
      result.whenComplete((test, failure) -> vertx.cancelTimer(timer));
    } catch (RuntimeException e) {
      result.complete(
          new KeyTest(
              Verdict.UNREACHABLE, provider, name(provider) + " cannot be asked", null, List.of()));
    }
  }

  private static String name(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> "Anthropic";
      case OPENAI -> "OpenAI";
      case GEMINI -> "Gemini";
    };
  }

  private final class Reply implements Upstream.Answer {

    private final Provider provider;
    private final Secret secret;
    private final CompletableFuture<KeyTest> result;
    private final long begin = ticker.nanos();
    private final Buffer body = Buffer.buffer();
    private int status;
    private @Nullable String encoding;

    Reply(Provider provider, Secret secret, CompletableFuture<KeyTest> result) {
      this.provider = provider;
      this.secret = secret;
      this.result = result;
    }

    @Override
    public void head(int answered, Headers headers) {
      status = answered;
      encoding = headers.get("content-encoding");
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
      if (body.length() + length <= LARGEST_ANSWER) {
        body.appendBytes(array, offset, length);
      }
    }

    @Override
    public void end() {
      if (status >= 200 && status <= 299) {
        List<String> models = models();
        String count = models.isEmpty() ? "" : "; it may use " + models.size() + " models";
        result.complete(
            new KeyTest(
                Verdict.ACCEPTED,
                provider,
                name(provider) + " takes this key" + count + ".",
                latency(),
                models));
        return;
      }
      switch (status) {
        case 429 -> said(Verdict.THROTTLED, "is throttling this key, which is valid otherwise");
        case 400, 401, 402, 403 -> said(Verdict.REFUSED, "refuses this key with status " + status);
        default -> said(Verdict.UNREACHABLE, "answers with status " + status);
      }
    }

    /// With the provider's own words, if there are any, without what they repeat of the key.
    private void said(Verdict verdict, String clause) {
      String words = secret.coveredIn(ProviderWords.of(body.getBytes(), encoding)).strip();
      boolean ended = words.endsWith(".") || words.endsWith("!") || words.endsWith("?");
      end(verdict, clause + (words.isEmpty() ? "." : ": " + words + (ended ? "" : ".")));
    }

    @Override
    public void failed(Upstream.Failure failure) {
      end(Verdict.UNREACHABLE, "cannot be reached: " + failure.message() + ".");
    }

    void end(Verdict verdict, String clause) {
      result.complete(
          new KeyTest(verdict, provider, name(provider) + " " + clause, latency(), List.of()));
    }

    private Duration latency() {
      return Duration.ofNanos(ticker.nanos() - begin);
    }

    private List<String> models() {
      List<String> models = new ArrayList<>();
      try {
        JsonObject json = body.toJsonObject();
        boolean gemini = provider == Provider.GEMINI;
        JsonArray list = json.getJsonArray(gemini ? "models" : "data", new JsonArray());
        for (Object each : list) {
          if (each instanceof JsonObject model
              && model.getValue(gemini ? "name" : "id") instanceof String id) {
            models.add(id.startsWith("models/") ? id.substring("models/".length()) : id);
          }
        }
      } catch (DecodeException | ClassCastException e) {
        // Accepted all the same; only the list is not readable.
        models.clear();
      }
      return models;
    }
  }
}
