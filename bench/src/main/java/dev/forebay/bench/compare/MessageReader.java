package dev.forebay.bench.compare;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Reads HTTP/1.1 messages as their bytes arrive, and keeps nothing but the head. *Event loop
/// only.*
///
/// Just enough of the protocol for a load generator and a mock on loopback: `content-length` and
/// `chunked` bodies, cut anywhere; a message with neither has no body.
abstract class MessageReader extends ChannelInboundHandlerAdapter {

  private static final int MAX_HEAD = 16 * 1024;

  private enum State {
    HEAD,
    FIXED,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER
  }

  private final byte[] head = new byte[MAX_HEAD];
  private int headLength;
  private State state = State.HEAD;
  private long remaining;
  private int lineLength;

  /// The digits of a chunk's size are over; extensions may follow.
  private boolean sizeRead;

  /// The start line and the headers have come; `head` is only valid during the call.
  abstract void onHead(byte[] head, int length);

  /// A part of the body, `length` bytes from `index`; the buffer's own indices must stay as they
  /// are.
  abstract void onBody(ByteBuf buffer, int index, int length);

  /// The message is complete; another may follow.
  abstract void onEnd(ChannelHandlerContext context);

  /// Whether a message has begun and not ended.
  final boolean inMessage() {
    return state != State.HEAD || headLength > 0;
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable()) {
        step(context, in);
      }
    } finally {
      in.release();
    }
  }

  private void step(ChannelHandlerContext context, ByteBuf in) {
    switch (state) {
      case HEAD -> readHead(context, in);
      case FIXED -> {
        passBody(in);
        if (remaining == 0) {
          end(context);
        }
      }
      case CHUNK_SIZE -> readChunkSize(in);
      case CHUNK_DATA -> {
        passBody(in);
        if (remaining == 0) {
          state = State.CHUNK_END;
        }
      }
      case CHUNK_END -> {
        if (in.readByte() == '\n') {
          state = State.CHUNK_SIZE;
        }
      }
      case TRAILER -> readTrailer(context, in);
    }
  }

  private void passBody(ByteBuf in) {
    int length = (int) Math.min(remaining, in.readableBytes());
    onBody(in, in.readerIndex(), length);
    in.skipBytes(length);
    remaining -= length;
  }

  private void readHead(ChannelHandlerContext context, ByteBuf in) {
    while (in.isReadable()) {
      byte b = in.readByte();
      if (headLength == MAX_HEAD) {
        throw new IllegalStateException("a head of more than " + MAX_HEAD + " bytes");
      }
      head[headLength++] = b;
      if (b == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
        headComplete(context);
        return;
      }
    }
  }

  private void headComplete(ChannelHandlerContext context) {
    int length = headLength;
    headLength = 0;
    long contentLength = 0;
    boolean chunked = false;
    int line = 0;
    for (int i = 0; i < length; i++) {
      if (head[i] == '\n') {
        if (startsWith(line, "content-length:")) {
          contentLength = number(line + 15, i);
        } else if (startsWith(line, "transfer-encoding:")) {
          chunked = true;
        }
        line = i + 1;
      }
    }
    onHead(head, length);
    if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (contentLength > 0) {
      remaining = contentLength;
      state = State.FIXED;
    } else {
      end(context);
    }
  }

  private boolean startsWith(int from, String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      int b = head[from + i];
      if (b >= 'A' && b <= 'Z') {
        b += 'a' - 'A';
      }
      if (b != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private long number(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      if (head[i] >= '0' && head[i] <= '9') {
        value = value * 10 + (head[i] - '0');
      }
    }
    return value;
  }

  private void readChunkSize(ByteBuf in) {
    while (in.isReadable()) {
      byte b = in.readByte();
      if (b == '\n') {
        lineLength = 0;
        sizeRead = false;
        state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
        return;
      }
      int digit = Character.digit(b, 16);
      sizeRead |= digit < 0;
      if (!sizeRead) {
        remaining = remaining * 16 + digit;
      }
    }
  }

  private void readTrailer(ChannelHandlerContext context, ByteBuf in) {
    while (in.isReadable()) {
      byte b = in.readByte();
      if (b == '\n') {
        if (lineLength == 0) {
          end(context);
          return;
        }
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
      }
    }
  }

  private void end(ChannelHandlerContext context) {
    state = State.HEAD;
    remaining = 0;
    onEnd(context);
  }
}
