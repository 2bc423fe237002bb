package dev.forebay.transport.wire;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;

/// Crosses between Vert.x buffers and byte ranges without copying.
///
/// Vert.x hands out heap buffers that it never touches again; wrapped arrays are likewise never
/// modified after hand-over.
public final class Buffers {

  private Buffers() {}

  /// The bytes of a received buffer.
  public static Slice slice(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    if (bytes.hasArray()) {
      return new Slice(
          bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
    }
    byte[] copy = buffer.getBytes();
    return new Slice(copy, 0, copy.length);
  }

  /// Hands a received buffer to an answer.
  public static void read(Buffer buffer, Upstream.Answer answer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    if (bytes.hasArray()) {
      answer.chunk(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
    } else {
      byte[] copy = buffer.getBytes();
      answer.chunk(copy, 0, copy.length);
    }
  }

  /// A buffer over a byte range.
  public static Buffer of(byte[] array, int offset, int length) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(array, offset, length));
  }

  /// A buffer over several byte ranges, in order.
  public static Buffer of(List<Slice> slices) {
    if (slices.size() == 1) {
      Slice only = slices.getFirst();
      return of(only.array(), only.offset(), only.length());
    }
    ByteBuf[] parts = new ByteBuf[slices.size()];
    for (int i = 0; i < parts.length; i++) {
      Slice slice = slices.get(i);
      parts[i] = Unpooled.wrappedBuffer(slice.array(), slice.offset(), slice.length());
    }
    return BufferInternal.buffer(Unpooled.wrappedBuffer(parts.length, parts));
  }
}
