package dev.forebay.transport.server;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.BodySink;
import dev.forebay.exchange.Caller;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// A caller whose request and answer are kept, up to a size. It is only made when that is switched
/// on. Event loop only.
final class KeepingCaller implements Caller {

  private final Caller caller;
  private final BodySink sink;
  private final String exchangeId;
  private final int most;
  private final byte[] request;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private boolean truncated;

  KeepingCaller(
      Caller caller, BodySink sink, int most, String exchangeId, List<Slice> body, long bytes) {
    this.caller = caller;
    this.sink = sink;
    this.exchangeId = exchangeId;
    this.most = most;
    ByteArrayOutputStream copy = new ByteArrayOutputStream((int) Math.min(bytes, most));
    body.forEach(slice -> add(copy, slice.array(), slice.offset(), slice.length()));
    this.request = copy.toByteArray();
  }

  private void add(ByteArrayOutputStream to, byte[] array, int offset, int length) {
    int room = most - to.size();
    to.write(array, offset, Math.min(room, length));
    truncated |= length > room;
  }

  @Override
  public void start(int status, List<String> headers) {
    caller.start(status, headers);
  }

  @Override
  public void answer(int status, List<String> headers, List<Slice> body, long bodyBytes) {
    body.forEach(slice -> add(answer, slice.array(), slice.offset(), slice.length()));
    caller.answer(status, headers, body, bodyBytes);
  }

  @Override
  public void write(byte[] array, int offset, int length) {
    add(answer, array, offset, length);
    caller.write(array, offset, length);
  }

  @Override
  public boolean congested() {
    return caller.congested();
  }

  @Override
  public void whenWritable(Runnable action) {
    caller.whenWritable(action);
  }

  @Override
  public void end() {
    caller.end();
  }

  @Override
  public void abort() {
    caller.abort();
  }

  @Override
  public void over() {
    sink.keep(exchangeId, request, answer.toByteArray(), truncated);
    caller.over();
  }
}
