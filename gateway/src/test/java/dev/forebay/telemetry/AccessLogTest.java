package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

  private final FakeTicker ticker = new FakeTicker();
  private final Output output = new Output();

  @Test
  void writesALinePerExchangeWhenItsThreadComesRound() {
    AccessLog log = new AccessLog(output, ticker, 8);
    log.finished(Reports.completed());
    log.finished(Reports.refused("nothing left"));
    assertThat(output.text).isEmpty();

    log.drain();

    assertThat(output.text.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("{\"time\":").endsWith("]}"));
    assertThat(output.writes).as("lines that came together are written together").isEqualTo(1);
  }

  @Test
  void writesLongBatchesInPieces() {
    AccessLog log = new AccessLog(output, ticker, 1024);
    for (int i = 0; i < 500; i++) {
      log.finished(Reports.completed());
    }

    log.drain();

    assertThat(output.text.toString().lines()).hasSize(500);
    assertThat(output.writes).isGreaterThan(1).isLessThan(10);
  }

  @Test
  void countsWhatDoesNotFitAndWhatCannotBeWritten() {
    AccessLog log = new AccessLog(output, ticker, 2);
    log.finished(Reports.completed());
    log.finished(Reports.completed());
    log.finished(Reports.completed());
    assertThat(log.dropped()).as("one too many for the queue").isEqualTo(1);

    output.broken = true;
    log.drain();
    assertThat(log.dropped()).as("and two for a full disk").isEqualTo(3);

    output.broken = false;
    log.finished(Reports.completed());
    log.drain();
    assertThat(output.text.toString().lines()).hasSize(1);
    assertThat(log.dropped()).isEqualTo(3);
  }

  @Test
  @Timeout(10)
  void closingWritesWhatIsWaiting(@TempDir Path directory) {
    Path file = directory.resolve("access.log");
    try (AccessLog log = AccessLog.to(file, ticker)) {
      log.finished(Reports.completed());
    }

    assertThat(file).content().endsWith("]}\n");
  }

  @Test
  @Timeout(10)
  void writesToAStreamAndLeavesItOpen() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (AccessLog log = AccessLog.to(stream, ticker)) {
      log.finished(Reports.completed());
    }

    assertThat(stream.toString(StandardCharsets.UTF_8)).endsWith("]}\n");
  }

  private static final class Output implements LogOutput {

    private final StringBuilder text = new StringBuilder();
    private int writes;
    private boolean broken;

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      if (broken) {
        throw new IOException("No space left on device");
      }
      writes++;
      text.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
  }
}
