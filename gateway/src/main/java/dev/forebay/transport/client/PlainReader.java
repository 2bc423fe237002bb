package dev.forebay.transport.client;

import dev.forebay.transport.wire.HeadNames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Reads plain answers from the bytes, before Netty's decoder, and leaves the others to it: what
/// the first bytes of an answer decide holds to its end. Event loop only.
final class PlainReader extends ChannelInboundHandlerAdapter {

  private enum State {
    /// No answer is expected.
    IDLE,
    /// The next bytes begin an answer.
    FRESH,
    /// A body whose rest is known.
    BODY,
    /// The decoder reads this answer.
    DECODED
  }

  private final Connection connection;
  private final HeadNames names;
  private final byte[] scratch;
  private State state = State.IDLE;
  private long missing;

  PlainReader(Connection connection, HeadNames names, byte[] scratch) {
    this.connection = connection;
    this.names = names;
    this.scratch = scratch;
  }

  /// A request is being sent: the next bytes are its answer.
  void expect() {
    state = State.FRESH;
  }

  @Override
  public void channelRead(ChannelHandlerContext handler, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (state == State.FRESH) {
      PlainAnswer answer = PlainAnswer.read(bytes, scratch, names);
      if (answer == null) {
        state = State.DECODED;
      } else {
        state = State.BODY;
        missing = answer.contentLength();
        bytes.skipBytes(answer.length());
        connection.dispatch(() -> connection.begins(answer));
      }
    }
    if (state == State.DECODED) {
      handler.fireChannelRead(bytes);
      return;
    }
    try {
      if (state == State.BODY) {
        connection.dispatch(() -> body(bytes));
      }
      if (bytes.isReadable()) {
        // More than was asked for: whatever it means, the next call must not get it.
        connection.close();
        handler.close();
      }
    } finally {
      bytes.release();
    }
  }

  private void body(ByteBuf bytes) {
    int count = (int) Math.min(missing, bytes.readableBytes());
    if (count > 0) {
      byte[] piece = new byte[count];
      bytes.readBytes(piece);
      missing -= count;
      connection.holds(piece);
    }
    if (missing == 0 && state == State.BODY) {
      state = State.IDLE;
      connection.ends();
    }
  }
}
