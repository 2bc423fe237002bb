package dev.forebay.app.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Clients of a rehearsal: they ask in every dialect as often as they can. *Thread-safe.*
///
/// The JVM learns from it which code is hot and how it branches, so that after a start the compiler
/// need not find out first. Thus the number counts and not the time: a busy machine takes longer.
final class RehearsalTraffic {

  private static final int CLIENTS = 8;
  private static final int ENOUGH = 6_000;
  private static final long TOO_LONG_NANOS = Duration.ofSeconds(30).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PROSE = "The river fills the forebay before it drives the turbine. ";

  private record Ask(String path, String body) {}

  private static final List<Ask> ASKS =
      List.of(
          new Ask("/v1/chat/completions", openAi(false)),
          new Ask("/v1/chat/completions", openAi(true)),
          new Ask("/v1/messages", anthropic(false)),
          new Ask("/v1/messages", anthropic(true)),
          new Ask("/v1beta/models/gemini-3.8-flash:generateContent", gemini()),
          new Ask("/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse", gemini()));

  private final String url;
  private final String clientKey;
  private final LongSupplier nanos;
  private final AtomicInteger answered = new AtomicInteger();

  RehearsalTraffic(String url, String clientKey, LongSupplier nanos) {
    this.url = url;
    this.clientKey = clientKey;
    this.nanos = nanos;
  }

  /// Asks until it is enough.
  void run() {
    long begin = nanos.getAsLong();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(clients)
                .build()) {
      for (int i = 0; i < CLIENTS; i++) {
        int first = i;
        clients.execute(() -> ask(client, begin, first));
      }
    }
  }

  private void ask(HttpClient client, long begin, int first) {
    for (int i = first; goesOn(nanos.getAsLong() - begin); i++) {
      Ask ask = ASKS.get(i % ASKS.size());
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + ask.path()))
              .timeout(PATIENCE)
              .header("content-type", "application/json")
              .header("authorization", "Bearer " + clientKey)
              .header("anthropic-version", "2023-06-01")
              .POST(HttpRequest.BodyPublishers.ofString(ask.body()))
              .build();
      try {
        if (client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200) {
          answered.incrementAndGet();
        }
      } catch (IOException notYet) {
        // The gateway is starting, or has no time for us.
        Thread.onSpinWait();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean goesOn(long passedNanos) {
    return passedNanos < TOO_LONG_NANOS && answered.get() < ENOUGH;
  }

  private static String openAi(boolean stream) {
    return "{\"model\":\"gpt-6-sol\",\"stream\":" + stream + ",\"messages\":[" + turns() + "]}";
  }

  private static String anthropic(boolean stream) {
    return "{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":256,\"stream\":"
        + stream
        + ",\"messages\":["
        + turns()
        + "]}";
  }

  private static String gemini() {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
        + PROSE.repeat(20)
        + "\"}]}]}";
  }

  private static String turns() {
    return "{\"role\":\"user\",\"content\":\"" + PROSE.repeat(30) + "\"}";
  }
}
