package dev.forebay.bench.compare;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A provider that answers at once with bodies of a wished size, or streams events at a wished
/// pace.
///
/// It runs as a process of its own, prints its port, and ends when its standard input does:
/// whatever becomes of its parent, it does not outlive it. Every event carries the monotonic time
/// at which it was written, which every process of one machine shares, so that [Load] can tell how
/// long it took.
final class Mock {

  /// Stands before the nineteen digits of an event's time.
  static final String STAMP = " t_";

  static final int STAMP_DIGITS = 19;

  private final Map<String, ByteBuf> answers = new HashMap<>();
  private final Map<Shape, ByteBuf> streamHeads = new HashMap<>();
  private final Map<Shape, Event> events = new HashMap<>();

  private Mock() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    EventLoopGroup loop = Loops.one("mock");
    Mock mock = new Mock();
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(Loops.server())
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(mock.new Connection());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) server.localAddress()).getPort());
    while (System.in.read() >= 0) {
      // Nothing is expected; the end is what matters.
    }
    System.exit(0);
  }

  private ByteBuf answer(Shape shape, int bytes) {
    return answers.computeIfAbsent(
        shape + " " + bytes,
        _ -> {
          byte[] body = shape.answerBody(bytes);
          return direct(head(shape, "application/json", "content-length: " + body.length), body);
        });
  }

  private ByteBuf streamHead(Shape shape) {
    return streamHeads.computeIfAbsent(
        shape,
        _ ->
            direct(
                head(shape, "text/event-stream; charset=utf-8", "transfer-encoding: chunked"),
                chunk(shape.streamStart())));
  }

  private static byte[] head(Shape shape, String contentType, String length) {
    String text =
        "HTTP/1.1 200 OK\n"
            + "date: Mon, 23 Nov 2026 12:00:00 GMT\n"
            + ("content-type: " + contentType + "\n")
            + (length + "\n")
            + shape.answerHeaders()
            + "\n";
    return ascii(text.replace("\n", "\r\n"));
  }

  private static byte[] chunk(String data) {
    return ascii(Integer.toHexString(data.length()) + "\r\n" + data + "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuf direct(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuf buffer = Unpooled.directBuffer(length);
    for (byte[] part : parts) {
      buffer.writeBytes(part);
    }
    return Unpooled.unreleasableBuffer(buffer.asReadOnly());
  }

  /// One event as a chunk, and where its time goes.
  private record Event(byte[] bytes, int stampAt) {

    static Event of(Shape shape) {
      String text = shape.event(STAMP + "0".repeat(STAMP_DIGITS));
      byte[] bytes = chunk(text);
      int at = new String(bytes, StandardCharsets.US_ASCII).indexOf(STAMP) + STAMP.length();
      return new Event(bytes, at);
    }

    ByteBuf write(Channel channel) {
      ByteBuf buffer = channel.alloc().directBuffer(bytes.length);
      buffer.writeBytes(bytes);
      long left = System.nanoTime();
      for (int i = STAMP_DIGITS - 1; i >= 0; i--) {
        buffer.setByte(stampAt + i, (int) ('0' + left % 10));
        left /= 10;
      }
      return buffer;
    }
  }

  /// One connection of a proxy. *Event loop only.*
  private final class Connection extends MessageReader {

    /// Enough to see the wish at the start of a body and all of a small one.
    private final byte[] seen = new byte[4096];

    private int seenLength;
    private Shape shape = Shape.OPENAI;
    private @Nullable Stream stream;

    @Override
    void onHead(byte[] head, int length) {
      seenLength = 0;
      String start = new String(head, 0, Math.min(length, 64), StandardCharsets.US_ASCII);
      shape = start.startsWith("POST " + Shape.ANTHROPIC.path) ? Shape.ANTHROPIC : Shape.OPENAI;
    }

    @Override
    void onBody(ByteBuf buffer, int index, int length) {
      int taken = Math.min(length, seen.length - seenLength);
      buffer.getBytes(index, seen, seenLength, taken);
      seenLength += taken;
    }

    @Override
    void onEnd(ChannelHandlerContext context) {
      String body = new String(seen, 0, seenLength, StandardCharsets.ISO_8859_1);
      int from = body.indexOf(Wish.PREFIX);
      Wish wish = Wish.of(body.substring(from, body.indexOf('"', from)));
      switch (wish) {
        case Wish.Body(int bytes) ->
            context.writeAndFlush(answer(shape, bytes).duplicate(), context.voidPromise());
        case Wish.Events events -> {
          boolean usage = body.contains("\"include_usage\"");
          stream = new Stream(context.channel(), shape, events, usage);
          stream.start();
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (stream != null) {
        stream.stop();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof IOException)) {
        cause.printStackTrace();
      }
      context.close();
    }
  }

  /// One paced stream. *Event loop only.*
  private final class Stream implements Runnable {

    private final Channel channel;
    private final Shape shape;
    private final boolean usage;
    private final long periodNanos;
    private final Event event;
    private long nextNanos;
    private int left;

    Stream(Channel channel, Shape shape, Wish.Events wish, boolean usage) {
      this.channel = channel;
      this.shape = shape;
      this.usage = usage;
      this.periodNanos = TimeUnit.SECONDS.toNanos(1) / wish.perSecond();
      this.left = wish.events();
      this.event = events.computeIfAbsent(shape, Event::of);
    }

    void start() {
      channel.writeAndFlush(streamHead(shape).duplicate(), channel.voidPromise());
      // A random phase, so that streams opened together do not tick together.
      long phase = ThreadLocalRandom.current().nextLong(periodNanos);
      nextNanos = System.nanoTime() + phase;
      channel.eventLoop().schedule(this, phase, TimeUnit.NANOSECONDS);
    }

    void stop() {
      left = -1;
    }

    @Override
    public void run() {
      if (left < 0) {
        return;
      }
      if (left-- == 0) {
        ByteBuf end = Unpooled.wrappedBuffer(chunk(shape.streamEnd(usage)), ascii("0\r\n\r\n"));
        channel.writeAndFlush(end, channel.voidPromise());
        return;
      }
      channel.writeAndFlush(event.write(channel), channel.voidPromise());
      nextNanos += periodNanos;
      channel.eventLoop().schedule(this, nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }
}
