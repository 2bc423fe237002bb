package dev.forebay.transport.server;

import dev.forebay.dialect.Slice;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// The body of one plain request, as far as it has come. Event loop only.
final class DirectBody {

  private static final int LARGEST_PIECE = 1 << 20;

  private final long length;
  private final List<Slice> pieces = new ArrayList<>(1);
  private byte[] piece = {};
  private int filled;
  private long missing;

  /// @param length bytes announced
  DirectBody(long length) {
    this.length = length;
    this.missing = length;
  }

  long length() {
    return length;
  }

  /// Bytes that have come.
  long received() {
    return length - missing;
  }

  /// Takes what is missing and there; true when nothing is missing any more.
  boolean fill(ByteBuf bytes) {
    while (missing > 0 && bytes.isReadable()) {
      if (filled == piece.length) {
        piece = new byte[(int) Math.min(missing, LARGEST_PIECE)];
        filled = 0;
      }
      int count = Math.min(bytes.readableBytes(), piece.length - filled);
      bytes.readBytes(piece, filled, count);
      filled += count;
      missing -= count;
      if (filled == piece.length) {
        pieces.add(new Slice(piece, 0, filled));
      }
    }
    return missing == 0;
  }

  /// The whole body.
  List<Slice> slices() {
    return List.copyOf(pieces);
  }
}
