package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTapTest {

  private static final GatewayError ERROR =
      GatewayError.of(GatewayError.Kind.STREAM_BROKEN, "It broke.");
  private static final String TOKEN =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";

  @Test
  void eventsOfOneChunkGoOutAsOneRangeOfIt() {
    byte[] chunk = TOKEN.repeat(5).getBytes(UTF_8);
    List<byte[]> arrays = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    StreamTap tap = StreamTap.of(Operation.CHAT_COMPLETIONS, true, true);
    tap.feed(
        chunk,
        0,
        chunk.length,
        (array, offset, length) -> {
          arrays.add(array);
          lengths.add(length);
        });
    assertThat(arrays).hasSize(1).allMatch(array -> array == chunk);
    assertThat(lengths).containsExactly(chunk.length);
  }

  @Test
  void anIncompleteEventIsKeptBack() {
    byte[] chunk = (TOKEN + TOKEN).getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StreamTap tap = StreamTap.of(Operation.CHAT_COMPLETIONS, true, false);
    tap.feed(chunk, 0, chunk.length - 1, out::write);
    assertThat(out.size()).isEqualTo(TOKEN.length());
  }

  @Test
  void anEventLongerThanAllowedBreaksTheStream() {
    StreamTap tap = StreamTap.of(Operation.CHAT_COMPLETIONS, true, false, 1000);
    byte[] token = TOKEN.getBytes(UTF_8);
    byte[] endless = ("data: " + "x".repeat(600)).getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(tap.feed(token, 0, token.length, out::write)).isEqualTo(StreamTap.Signal.CONTENT);
    assertThat(tap.feed(endless, 0, endless.length, out::write))
        .isEqualTo(StreamTap.Signal.CONTENT);
    assertThat(tap.feed(endless, 0, endless.length, out::write)).isEqualTo(StreamTap.Signal.BROKEN);
    assertThat(out.size()).isEqualTo(token.length);
    assertThat(tap.contentSeen()).isTrue();
    assertThat(tap.usage().estimated()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data: {not json|BROKEN",
        "data: {\"error\":{\"message\":\"m\"}}|FAILED_BEFORE_CONTENT",
        "data: {\"anything\":1}|CONTENT",
      })
  void aMessageThatBeginsWithoutANameIsJudgedByItsData(String event, StreamTap.Signal signal) {
    StreamTap tap = StreamTap.of(Operation.MESSAGES, true, false);
    byte[] stream = (event + "\n\n").getBytes(UTF_8);
    assertThat(tap.feed(stream, 0, stream.length, (array, offset, length) -> {})).isEqualTo(signal);
  }

  @Test
  void aLongStreamIsCountedByItsTextWhenTheProviderDoesNotCount() {
    StreamTap tap = StreamTap.of(Operation.CHAT_COMPLETIONS, true, false);
    String longer = TOKEN.replace("\"x\"", "\"" + "word".repeat(100) + "\"");
    byte[] stream = (TOKEN.repeat(100) + longer).getBytes(UTF_8);
    tap.feed(stream, 0, stream.length, (array, offset, length) -> {});
    assertThat(tap.usage().output()).isBetween(195L, 205L);
    assertThat(tap.usage().orInput(50))
        .extracting(Usage::input, Usage::estimated)
        .containsExactly(50L, true);
  }

  @Test
  void anErrorBehindAPreambleThatWasGivenAwayCountsAsOneAfterContent() {
    String error =
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}\n\n";
    StreamTap tap = StreamTap.of(Operation.MESSAGES, true, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(tap.commit()).isEqualTo(StreamTap.Signal.CONTENT);
    assertThat(tap.feed(error.getBytes(UTF_8), 0, error.length(), out::write))
        .isEqualTo(StreamTap.Signal.FAILED_AFTER_CONTENT);
    assertThat(tap.commit()).isEqualTo(StreamTap.Signal.FAILED_AFTER_CONTENT);
    assertThat(out.toString(UTF_8)).isEqualTo(error);
  }

  @Test
  void theErrorOfAnEmptyArrayOpensIt() {
    StreamTap tap = StreamTap.of(Operation.STREAM_GENERATE_CONTENT, false, false);
    assertThat(new String(tap.errorEvent(ERROR), UTF_8)).startsWith("[{").endsWith("}]");
  }

  @Test
  void theErrorOfANumberedStreamBeginsAtZeroWhenNothingCame() {
    StreamTap tap = StreamTap.of(Operation.RESPONSES, true, false);
    assertThat(new String(tap.errorEvent(ERROR), UTF_8)).contains("\"sequence_number\":0,");
  }

  @Test
  void dataInSeveralLinesAreOneDocument() {
    String stream =
        "event: message_start\ndata: {\"type\":\"message_start\",\ndata: \"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":3}}}\n\n";
    StreamTap tap = StreamTap.of(Operation.MESSAGES, true, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tap.feed(stream.getBytes(UTF_8), 0, stream.length(), out::write);
    assertThat(tap.resourceId()).isEqualTo("m");
    assertThat(tap.usage().input()).isEqualTo(3);
    assertThat(out.toString(UTF_8)).isEqualTo(stream);
  }

  @Property(runs = 600)
  void bentStreamsAreFollowedAndNothingWorse(long seed) {
    Random random = new Random(seed);
    List<Path> cases = streams();
    Path answer = cases.get(random.nextInt(cases.size()));
    boolean sse = answer.toString().endsWith(".sse");
    byte[] stream = read(answer).clone();
    for (int i = random.nextInt(8); i > 0 && stream.length > 0; i--) {
      stream[random.nextInt(stream.length)] =
          (byte) "{}[]\",:\\\n\r 0endu\u0000".charAt(random.nextInt(17));
    }
    Operation operation =
        random.nextBoolean()
            ? operation(answer)
            : Operation.values()[random.nextInt(Operation.values().length)];
    StreamTap tap = StreamTap.of(operation, sse, random.nextBoolean());
    int written = feed(tap, stream, random);
    // An error without framing gets it, which takes a few bytes.
    assertThat(written).isLessThanOrEqualTo(stream.length + 30);
    assertThat(tap.usage()).isNotNull();
    assertThat(tap.errorEvent(ERROR)).isNotEmpty();
  }

  @Property(runs = 200)
  void randomBytesAreFollowedAndNothingWorse(long seed) {
    Random random = new Random(seed);
    byte[] stream = new byte[random.nextInt(4000)];
    random.nextBytes(stream);
    for (boolean sse : new boolean[] {true, false}) {
      StreamTap tap = StreamTap.of(Operation.STREAM_GENERATE_CONTENT, sse, false);
      assertThat(feed(tap, stream, random)).isLessThanOrEqualTo(stream.length + 4);
      UsageTap usage = UsageTap.of(Operation.GENERATE_CONTENT);
      usage.feed(stream, 0, stream.length);
      assertThat(usage.end()).isEqualTo(Usage.NONE);
    }
  }

  @Property(runs = 300)
  void whatPassesIsABeginningOfWhatCame(long seed) {
    Random random = new Random(seed);
    List<Path> cases = streams();
    Path answer = cases.get(random.nextInt(cases.size()));
    byte[] stream = read(answer);
    int cut = random.nextInt(stream.length + 1);
    boolean sse = answer.toString().endsWith(".sse");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StreamTap tap = StreamTap.of(operation(answer), sse, false);
    tap.feed(Arrays.copyOf(stream, cut), 0, cut, out::write);
    byte[] passed = out.toByteArray();
    assertThat(passed).isEqualTo(Arrays.copyOf(stream, passed.length));
  }

  private static Operation operation(Path answer) {
    try {
      List<String> lines = Files.readAllLines(answer.resolveSibling("case.properties"));
      return Operation.valueOf(lines.getFirst().substring("operation=".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int feed(StreamTap tap, byte[] stream, Random random) {
    int[] written = new int[1];
    StreamTap.Out out = (array, offset, length) -> written[0] += length;
    int at = 0;
    while (at < stream.length) {
      int length = Math.min(stream.length - at, random.nextInt(1, 400));
      tap.feed(Arrays.copyOfRange(stream, at, at + length), 0, length, out);
      at += length;
    }
    tap.end(out);
    return written[0];
  }

  private static List<Path> streams() {
    try (Stream<Path> folders = Files.walk(Path.of("src/test/golden"))) {
      return folders
          .filter(path -> path.toString().endsWith(".sse") || path.toString().endsWith(".json"))
          .filter(path -> !path.toString().contains("bare"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
