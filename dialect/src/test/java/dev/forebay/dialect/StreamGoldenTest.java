package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One test per folder under `golden`: the answer of a provider goes in, what the gateway makes of
/// it comes out. `-Dgolden.rewrite=true` writes what is expected anew; the diff is the review.
///
/// Each answer is fed whole, cut in two at every byte, and byte by byte. The result is always the
/// same.
class StreamGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/golden");
  private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
  private static final GatewayError ERROR =
      GatewayError.of(
          GatewayError.Kind.STREAM_BROKEN, "The provider's \"stream\" broke \u2028 off.");

  @TestFactory
  Stream<DynamicTest> everyFolder() throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders.sorted().toList().stream()
          .map(folder ->
              DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }
  }

  private static void check(Path folder) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("case.properties"))) {
      properties.load(reader);
    }
    Operation operation = Operation.valueOf(properties.getProperty("operation"));
    boolean hideUsage = Boolean.parseBoolean(properties.getProperty("hideUsage"));
    if (Files.exists(folder.resolve("answer.unary"))) {
      checkUnary(folder, operation);
      return;
    }
    boolean sse = Files.exists(folder.resolve("answer.sse"));
    byte[] answer = Files.readAllBytes(folder.resolve(sse ? "answer.sse" : "answer.json"));

    Run byBytes = new Run(operation, sse, hideUsage).feedEach(answer, 1).end();
    expect(folder.resolve("expected.txt"), byBytes.report().getBytes(UTF_8));
    Path passed = folder.resolve("expected.out");
    if (Files.exists(passed) || REWRITE && !equal(byBytes.out(), answer)) {
      expect(passed, byBytes.out());
    } else {
      assertThat(text(byBytes.out())).isEqualTo(text(answer));
    }

    Run whole = new Run(operation, sse, hideUsage).feed(answer, 0, answer.length).end();
    assertThat(whole.result()).isEqualTo(byBytes.result());
    for (int cut = 0; cut <= answer.length; cut++) {
      Run run =
          new Run(operation, sse, hideUsage)
              .feed(answer, 0, cut)
              .feed(answer, cut, answer.length - cut)
              .end();
      assertThat(run.result()).as("cut at %d", cut).isEqualTo(byBytes.result());
    }
    for (int size = 2; size < 40; size += 3) {
      Run run = new Run(operation, sse, hideUsage).feedEach(answer, size).end();
      assertThat(run.result()).as("in pieces of %d", size).isEqualTo(byBytes.result());
    }
  }

  private static void checkUnary(Path folder, Operation operation) throws IOException {
    byte[] answer = Files.readAllBytes(folder.resolve("answer.unary"));
    String whole = unary(operation, answer, answer.length);
    expect(folder.resolve("expected.txt"), whole.getBytes(UTF_8));
    assertThat(unary(operation, answer, 1)).isEqualTo(whole);
    for (int cut = 1; cut < answer.length; cut++) {
      UsageTap tap = UsageTap.of(operation);
      tap.feed(answer.clone(), 0, cut);
      tap.feed(answer.clone(), cut, answer.length - cut);
      assertThat(report(tap)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  private static String unary(Operation operation, byte[] answer, int size) {
    UsageTap tap = UsageTap.of(operation);
    for (int at = 0; at < answer.length; at += size) {
      tap.feed(answer, at, Math.min(size, answer.length - at));
    }
    return report(tap);
  }

  private static String report(UsageTap tap) {
    return "id " + tap.resourceId() + "\n" + described(tap.end()) + "\n";
  }

  private static void expect(Path file, byte[] actual) throws IOException {
    if (REWRITE) {
      Files.write(file, actual);
    }
    assertThat(file).exists();
    assertThat(text(actual)).isEqualTo(text(Files.readAllBytes(file)));
  }

  private static boolean equal(byte[] a, byte[] b) {
    return java.util.Arrays.equals(a, b);
  }

  /// Shows line ends, which decide here.
  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8).replace("\r", "\\r");
  }

  private static String described(Usage usage) {
    return "usage in "
        + usage.inFresh()
        + " read "
        + usage.inCacheRead()
        + " write "
        + usage.inCacheWrite5m()
        + "+"
        + usage.inCacheWrite1h()
        + " tool "
        + usage.toolIn()
        + " out "
        + usage.outVisible()
        + " reasoning "
        + usage.outReasoning()
        + " audio "
        + usage.audioIn()
        + "/"
        + usage.audioOut()
        + " image "
        + usage.imageIn()
        + "/"
        + usage.imageOut()
        + " total "
        + usage.total()
        + (usage.estimated() ? " estimated" : "");
  }

  /// One stream going through a tap.
  private static final class Run {
    private final StreamTap tap;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> signals = new ArrayList<>();
    private StreamTap.@Nullable Signal signal;
    private int fed;

    Run(Operation operation, boolean sse, boolean hideUsage) {
      this.tap = StreamTap.of(operation, sse, hideUsage);
    }

    Run feed(byte[] answer, int from, int length) {
      // A copy for each piece, so that nothing can be read beyond it.
      byte[] piece = java.util.Arrays.copyOfRange(answer, from, from + length);
      fed += length;
      seen(tap.feed(piece, 0, length, out::write), "at " + fed);
      return this;
    }

    Run feedEach(byte[] answer, int size) {
      for (int at = 0; at < answer.length; at += size) {
        feed(answer, at, Math.min(size, answer.length - at));
      }
      return this;
    }

    Run end() {
      seen(tap.end(out::write), "at the end");
      return this;
    }

    private void seen(StreamTap.Signal next, String where) {
      if (next != signal) {
        signal = next;
        signals.add(next + " " + where);
      }
    }

    byte[] out() {
      return out.toByteArray();
    }

    /// What must not depend on the cuts.
    String result() {
      Slice error = tap.errorPayload();
      return signal
          + (tap.contentSeen() ? " with content\n" : " without content\n")
          + "id "
          + tap.resourceId()
          + "\n"
          + described(tap.usage())
          + "\nerror "
          + (error == null ? null : error.text())
          + "\nour error "
          + new String(tap.errorEvent(ERROR), UTF_8).replace("\r", "\\r").replace("\n", "\\n")
          + "\n"
          + (out.size() < 100_000 ? text(out()).hashCode() : 0);
    }

    String report() {
      String result = result();
      return String.join("\n", signals) + "\n" + result.substring(0, result.lastIndexOf('\n') + 1);
    }
  }
}
