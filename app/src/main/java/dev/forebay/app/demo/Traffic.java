package dev.forebay.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Clients that come in waves, as an ordinary program would call the gateway. *Thread-safe.*
///
/// Each request runs on a virtual thread of its own and reads its answer to the end; anything but a
/// complete answer counts as an error that the client saw.
final class Traffic implements AutoCloseable {
  private static final double CALM = 3;
  private static final double RUSH = 15;
  private static final double WAVE_SECONDS = 24;
  private static final int MOST_AT_ONCE = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String url;
  private final Questions questions;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Totals totals;
  private final HttpClient client;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private volatile boolean over;

  Traffic(String url, RandomGenerator random, LongSupplier nanos, Totals totals) {
    this.url = url;
    this.questions = new Questions(random);
    this.random = random;
    this.nanos = nanos;
    this.totals = totals;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(clients)
            .build();
  }

  void start() {
    Thread.ofVirtual().name("demo-traffic").start(this::arrivals);
  }

  private void arrivals() {
    long begin = nanos.getAsLong();
    long due = begin;
    while (!over) {
      double second = (due - begin) / 1e9;
      // Poisson arrivals: exponential gaps at the rate of the moment.
      due += (long) (-Math.log(1 - random.nextDouble()) / rate(second) * 1e9);
      long wait = due - nanos.getAsLong();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      if (!over && room.tryAcquire()) {
        Question question = questions.next();
        clients.execute(() -> ask(question));
      }
    }
  }

  /// Requests per second: calm, then a rush, then calm.
  private static double rate(double second) {
    double wave = 0.5 - 0.5 * Math.cos(2 * Math.PI * second / WAVE_SECONDS);
    return CALM + (RUSH - CALM) * wave * wave;
  }

  private void ask(Question question) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + question.path()))
              .timeout(PATIENCE)
              .header("content-type", "application/json")
              .header(
                  question.header(),
                  (question.header().equals("authorization") ? "Bearer " : "") + Cast.CLIENT_KEY)
              .POST(HttpRequest.BodyPublishers.ofString(question.body()));
      if (!question.version().isEmpty()) {
        request.header("anthropic-version", question.version());
      }
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        check(question, answer.statusCode(), body);
      }
    } catch (IOException e) {
      if (!over) {
        totals.clientError(question.path() + ": " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private void check(Question question, int status, InputStream body) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    boolean complete = !question.streamed();
    String first = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      first = first.isEmpty() ? line : first;
      complete |= question.streamed() && line.contains(question.ending());
    }
    if (status != 200) {
      totals.clientError(question.path() + ": " + status + " " + first);
    } else if (!complete && !over) {
      totals.clientError(question.path() + ": the stream broke off");
    }
  }

  /// No more requests; those under way are left to end.
  void stop() {
    over = true;
  }

  @Override
  public void close() {
    over = true;
    clients.shutdownNow();
    client.shutdownNow();
  }
}
