package dev.forebay.transport.server;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Caller;
import dev.forebay.exchange.Exchange;
import dev.forebay.transport.wire.HeadText;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes an exchange's answer to the [DirectConnection] its request came on.
///
/// Pieces are collected and written once per turn of the event loop: a burst of stream events then
/// costs one system call and not one each. Event loop only.
final class DirectCaller implements Caller {

  private static final int MOST_UNSENT = 256 << 10;
  private static final byte[] VERSION = HeadText.ascii("HTTP/1.1 ");
  private static final byte[] SPACE = HeadText.ascii(" ");
  private static final byte[] LENGTH = HeadText.ascii("content-length: ");
  private static final byte[] CHUNKED = HeadText.ascii("transfer-encoding: chunked\r\n");
  private static final byte[] LAST_CHUNK = HeadText.ascii("0\r\n\r\n");
  private static final byte[] LINE = HeadText.ascii("\r\n");

  /// Digits of a chunk's size, two line breaks and the last chunk.
  private static final int CHUNK_FRAME = 8 + 4 + 5;

  private final DirectConnection connection;
  private final Runnable whenOver;
  private final List<Slice> unsent = new ArrayList<>(4);
  private long unsentBytes;
  private @Nullable ByteBuf head;
  private boolean chunked;
  private boolean scheduled;
  private boolean ending;
  private boolean over;
  private @Nullable Exchange exchange;
  private @Nullable Runnable writable;

  DirectCaller(DirectConnection connection, Runnable whenOver) {
    this.connection = connection;
    this.whenOver = whenOver;
  }

  /// Ties the caller to its exchange, so that the client's departure reaches it.
  void serves(Exchange served) {
    exchange = served;
  }

  /// The connection is gone.
  void left() {
    if (!over) {
      over = true;
      drop();
      if (exchange != null) {
        exchange.clientLeft();
      }
    }
  }

  private void drop() {
    unsent.clear();
    writable = null;
    if (head != null) {
      head.release();
      head = null;
    }
  }

  /// The client has taken what was written.
  void writable() {
    Runnable action = writable;
    if (action != null) {
      writable = null;
      action.run();
    }
  }

  @Override
  public void answer(int status, List<String> headers, List<Slice> body, long bodyBytes) {
    if (over) {
      return;
    }
    over = true;
    HeadText text = head(status, headers, false);
    if (hasBody(status)) {
      text.bytes(LENGTH);
      text.number(bodyBytes);
      text.line();
    }
    text.line();
    ByteBuf buffer = connection.buffer(text.length() + (int) bodyBytes);
    text.copyTo(buffer);
    copy(body, buffer);
    connection.write(buffer);
    connection.answered();
  }

  @Override
  public void start(int status, List<String> headers) {
    if (over) {
      return;
    }
    HeadText text = head(status, headers, true);
    if (chunked) {
      text.bytes(CHUNKED);
    }
    text.line();
    ByteBuf buffer = connection.buffer(text.length());
    text.copyTo(buffer);
    head = buffer;
  }

  /// Writes the head but for its end; notes whether it announces the length itself.
  private HeadText head(int status, List<String> headers, boolean announced) {
    HeadText text = connection.text();
    text.clear();
    text.bytes(VERSION);
    text.number(status);
    text.bytes(SPACE);
    text.text(HttpResponseStatus.valueOf(status).reasonPhrase());
    text.line();
    chunked = hasBody(status);
    for (int i = 0; i < headers.size(); i += 2) {
      String name = headers.get(i);
      boolean length = name.length() == 14 && name.equalsIgnoreCase("content-length");
      if (!length || announced) {
        text.header(name, headers.get(i + 1));
        chunked &= !length;
      }
    }
    return text;
  }

  private static boolean hasBody(int status) {
    return status != 204 && status != 304;
  }

  private static void copy(List<Slice> slices, ByteBuf to) {
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      to.writeBytes(slice.array(), slice.offset(), slice.length());
    }
  }

  @Override
  public void write(byte[] array, int offset, int length) {
    if (over || length == 0) {
      return;
    }
    unsent.add(new Slice(array, offset, length));
    unsentBytes += length;
    schedule();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      connection.later(this::flush);
    }
  }

  private void flush() {
    scheduled = false;
    if (over) {
      return;
    }
    ByteBuf begun = head;
    head = null;
    int frame = (int) unsentBytes + CHUNK_FRAME;
    ByteBuf buffer = begun == null ? connection.buffer(frame) : begun.ensureWritable(frame);
    if (unsentBytes > 0) {
      if (chunked) {
        size(unsentBytes, buffer);
      }
      copy(unsent, buffer);
      if (chunked) {
        buffer.writeBytes(LINE);
      }
      unsent.clear();
      unsentBytes = 0;
    }
    if (ending && chunked) {
      buffer.writeBytes(LAST_CHUNK);
    }
    connection.write(buffer);
    if (ending) {
      over = true;
      connection.answered();
    }
  }

  private static void size(long bytes, ByteBuf to) {
    int shift = 28;
    while (shift > 0 && (bytes >>> shift) == 0) {
      shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
      to.writeByte(Character.forDigit((int) (bytes >>> shift) & 0xf, 16));
    }
    to.writeBytes(LINE);
  }

  @Override
  public boolean congested() {
    return unsentBytes > MOST_UNSENT || !connection.takesMore();
  }

  @Override
  public void whenWritable(Runnable action) {
    if (over) {
      return;
    }
    if (connection.takesMore()) {
      // Only this turn's collection is large: it is handed over when the turn ends.
      connection.later(() -> {
        if (!over && !connection.takesMore()) {
          writable = action;
        } else {
          action.run();
        }
      });
    } else {
      writable = action;
    }
  }

  @Override
  public void end() {
    if (!over) {
      ending = true;
      schedule();
    }
  }

  @Override
  public void abort() {
    if (!over) {
      over = true;
      drop();
      connection.abort();
    }
  }

  @Override
  public void over() {
    whenOver.run();
  }
}
