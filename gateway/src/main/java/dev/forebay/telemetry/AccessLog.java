package dev.forebay.telemetry;

import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line of JSON per exchange, with the decision behind it. *Thread-safe.*
///
/// An event loop only hands the report over. One thread formats and writes what has come, a few
/// times a second: formatting in batches costs less than in between, and no loop ever waits for a
/// disk. When the queue is full or the output fails, lines are dropped and counted.
public final class AccessLog implements ExchangeListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private static final int CAPACITY = 1 << 14;
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final int BUFFER = 64 * 1024;
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final int KEPT_FILES = 5;
  private static final long COMPLAINT_NANOS = Duration.ofMinutes(1).toNanos();

  private final Spool<ExchangeReport> spool;

  /// To a stream, such as standard output, which stays open.
  public static AccessLog to(OutputStream stream, Ticker ticker) {
    return started(LogOutput.of(stream), ticker);
  }

  /// To a file, which is put aside when it has grown large: `access.log` becomes `access.log.1`,
  /// and so on; the oldest is deleted. A file that somebody else moved away is begun anew.
  public static AccessLog to(Path file, Ticker ticker) {
    return started(new LogFile(file, MAX_FILE_BYTES, KEPT_FILES), ticker);
  }

  private static AccessLog started(LogOutput output, Ticker ticker) {
    AccessLog log = new AccessLog(output, ticker, CAPACITY);
    log.spool.start();
    return log;
  }

  AccessLog(LogOutput output, Ticker ticker, int capacity) {
    this.spool = new Spool<>("access-log", capacity, INTERVAL, new Writer(output, ticker));
  }

  @Override
  public void finished(ExchangeReport report) {
    spool.offer(report);
  }

  /// Lines that were not written, since the start.
  public long dropped() {
    return spool.dropped();
  }

  /// Writes what has come, on the caller's thread.
  void drain() {
    spool.drain();
  }

  /// Writes what has come and stops; lines that come later are dropped.
  @Override
  public void close() {
    spool.close();
  }

  /// *Confined to the spool's thread.*
  private final class Writer implements Spool.Batch<ExchangeReport> {

    private final LogOutput output;
    private final Ticker ticker;
    private final AccessLine line = new AccessLine();
    private final JsonText text = new JsonText(BUFFER + BUFFER / 4);
    private int lines;
    private @Nullable Long complainedNanos;

    Writer(LogOutput output, Ticker ticker) {
      this.output = output;
      this.ticker = ticker;
    }

    @Override
    public void take(ExchangeReport report) {
      line.write(text, report);
      lines++;
      if (text.length() >= BUFFER) {
        end();
      }
    }

    @Override
    public void end() {
      if (lines == 0) {
        return;
      }
      try {
        output.write(text.bytes(), text.length());
      } catch (IOException failed) {
        spool.lost(lines);
        complain(failed);
      }
      text.clear();
      lines = 0;
    }

    private void complain(IOException failed) {
      long now = ticker.nanos();
      if (complainedNanos == null || now - complainedNanos >= COMPLAINT_NANOS) {
        complainedNanos = now;
        LOG.warn(
            "The access log cannot be written: {}; {} lines are lost so far. Requests are served all the same;"
                + " free the disk or point accessLog elsewhere",
            failed.toString(),
            spool.dropped());
      }
    }
  }
}
