package dev.forebay.bench.compare;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ByteProcessor;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Pages that follow the live feed of one Forebay, until closed. Thread-safe.
///
/// They read as fast as it comes, and count. They have an event loop of their own, so that the load
/// is not slower for them.
final class Readers implements AutoCloseable {

  private static final EventLoopGroup LOOP = Loops.one("readers");

  private final LongAdder bytes = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final List<Channel> open = new ArrayList<>();

  /// What all of them got since they began.
  record Reading(long bytes, long events) {

    Reading since(Reading before) {
      return new Reading(bytes - before.bytes, events - before.events);
    }
  }

  /// @param token what lets them in
  Readers(int port, String token, int count) {
    byte[] request =
        """
        GET /api/v1/events?topics=pool HTTP/1.1
        host: 127.0.0.1:%d
        authorization: Bearer %s
        accept: text/event-stream

        """
            .formatted(port, token)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(LOOP)
            .channel(Loops.client())
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new Reader());
                  }
                });
    for (int i = 0; i < count; i++) {
      Channel channel =
          bootstrap.connect(InetAddress.getLoopbackAddress(), port).syncUninterruptibly().channel();
      channel.writeAndFlush(Unpooled.wrappedBuffer(request));
      open.add(channel);
    }
  }

  /// What came so far; throws when one of them was turned away.
  Reading read() {
    String failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a reader of the feed: " + failed);
    }
    return new Reading(bytes.sum(), events.sum());
  }

  @Override
  public void close() {
    open.forEach(channel -> channel.close().syncUninterruptibly());
  }

  /// One connection. *Event loop only.*
  private final class Reader extends MessageReader implements ByteProcessor {

    private byte previous;

    @Override
    void onHead(byte[] head, int length) {
      String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
      if (!text.startsWith("HTTP/1.1 200")) {
        failure.set(text.lines().findFirst().orElse(""));
      }
    }

    @Override
    void onBody(ByteBuf buffer, int index, int length) {
      bytes.add(length);
      buffer.forEachByte(index, length, this);
    }

    /// An event ends with an empty line.
    @Override
    public boolean process(byte b) {
      if (b == '\n' && previous == '\n') {
        events.increment();
      }
      previous = b;
      return true;
    }

    @Override
    void onEnd(ChannelHandlerContext context) {
      failure.set("the feed ended");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failure.set(String.valueOf(cause.getMessage()));
      context.close();
    }
  }
}
