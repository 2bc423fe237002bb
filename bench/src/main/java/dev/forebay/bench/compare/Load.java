package dev.forebay.bench.compare;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ByteProcessor;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Clients of one target on one event loop, until closed. *Thread-safe; its state is confined to
/// the loop.*
///
/// A **closed** load keeps a number of connections busy: each asks again as soon as it is answered.
/// An **open** load sends at a fixed rate whatever the answers do, and counts each latency from the
/// moment the request was due, so that a stall is charged to every request it delayed (no
/// coordinated omission [1]).
///
/// [1] G. Tene, How NOT to Measure Latency, 2013; HdrHistogram.
final class Load implements AutoCloseable {

  /// Whom to ask, and how.
  record Target(int port, Shape shape, String credential) {}

  /// What came back between two readings.
  record Reading(
      long answers,
      long events,
      long failures,
      Histogram latencies,
      Histogram eventDelays,
      @Nullable String failure) {}

  private static final EventLoopGroup LOOP = Loops.one("load");
  private static final long RECONNECT_MILLIS = 100;

  private final Target target;
  private final ByteBuf request;
  private final boolean streamed;
  private final long periodNanos;
  private final int connections;
  private final Bootstrap bootstrap;
  private final ArrayDeque<Client> idle = new ArrayDeque<>();
  private final Set<Channel> open = new HashSet<>();

  private long nextNanos;
  private boolean closed;
  private long answers;
  private long events;
  private long failures;
  private @Nullable String failure;
  private Histogram latencies = new Histogram(3);
  private Histogram eventDelays = new Histogram(3);

  /// A closed load. Streams begin one after another within a second, others at once.
  static Load closed(Target target, Wish wish, int bodyBytes, int connections) {
    Load load = new Load(target, wish, bodyBytes, connections, 0);
    LOOP.execute(load::openAll);
    return load;
  }

  /// An open load of `perSecond` requests a second.
  static Load open(Target target, Wish wish, int bodyBytes, int perSecond) {
    Load load = new Load(target, wish, bodyBytes, 0, TimeUnit.SECONDS.toNanos(1) / perSecond);
    LOOP.execute(load::tickFirst);
    return load;
  }

  private Load(Target target, Wish wish, int bodyBytes, int connections, long periodNanos) {
    this.target = target;
    this.streamed = wish instanceof Wish.Events;
    this.connections = connections;
    this.periodNanos = periodNanos;
    this.request = request(target, wish, bodyBytes);
    this.bootstrap =
        new Bootstrap()
            .group(LOOP)
            .channel(Loops.client())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new Client(channel));
                  }
                });
  }

  private static ByteBuf request(Target target, Wish wish, int bodyBytes) {
    Shape shape = target.shape();
    boolean stream = wish instanceof Wish.Events;
    byte[] body = shape.requestBody(wish.model(), stream, bodyBytes);
    String head =
        ("POST " + shape.path + " HTTP/1.1\n")
            + ("host: 127.0.0.1:" + target.port() + "\n")
            + (shape.credentialHeader + target.credential() + "\n")
            + "content-type: application/json\n"
            + "accept: application/json\n"
            + "accept-encoding: gzip, deflate\n"
            + shape.requestHeaders()
            + ("content-length: " + body.length + "\n\n");
    byte[] headBytes = head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuf buffer = Unpooled.directBuffer(headBytes.length + body.length);
    return buffer.writeBytes(headBytes).writeBytes(body);
  }

  /// What came back since the last reading, which this one ends.
  Reading read() {
    return onLoop(() -> {
      Reading reading = new Reading(answers, events, failures, latencies, eventDelays, failure);
      answers = 0;
      events = 0;
      failures = 0;
      latencies = new Histogram(3);
      eventDelays = new Histogram(3);
      return reading;
    });
  }

  /// How many connections are open.
  int connected() {
    return onLoop(open::size);
  }

  @Override
  public void close() {
    onLoop(() -> {
      closed = true;
      Set.copyOf(open).forEach(Channel::close);
      request.release();
      return true;
    });
  }

  private static <T> T onLoop(Callable<T> task) {
    try {
      return LOOP.submit(task).get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private void openAll() {
    for (int i = 0; i < connections; i++) {
      long delay = streamed ? TimeUnit.SECONDS.toNanos(1) * i / connections : 0;
      LOOP.schedule(this::connect, delay, TimeUnit.NANOSECONDS);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    ChannelFuture connecting = bootstrap.connect(InetAddress.getLoopbackAddress(), target.port());
    connecting.addListener(_ -> {
      if (!connecting.isSuccess()) {
        failed("connect: " + connecting.cause().getMessage());
        LOOP.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
      }
    });
  }

  private void tickFirst() {
    nextNanos = System.nanoTime();
    tick();
  }

  private void tick() {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    while (nextNanos - now <= 0) {
      Client client = idle.pollLast();
      if (client == null) {
        waitForConnection(nextNanos);
      } else {
        client.send(nextNanos);
      }
      nextNanos += periodNanos;
    }
    LOOP.schedule(this::tick, nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void waitForConnection(long dueNanos) {
    ChannelFuture connecting = bootstrap.connect(InetAddress.getLoopbackAddress(), target.port());
    connecting.addListener(_ -> {
      if (connecting.isSuccess()) {
        connecting.channel().pipeline().get(Client.class).send(dueNanos);
      } else {
        failed("connect: " + connecting.cause().getMessage());
      }
    });
  }

  private void failed(String why) {
    if (!closed) {
      failures++;
      failure = why;
    }
  }

  /// One connection. *Event loop only.*
  private final class Client extends MessageReader implements ByteProcessor {

    private final Channel channel;
    private long dueNanos;
    private boolean asked;
    private byte previous;
    private int matched;
    private int digits;
    private long stamp;

    Client(Channel channel) {
      this.channel = channel;
    }

    void send(long dueNanos) {
      if (closed) {
        channel.close();
        return;
      }
      this.dueNanos = dueNanos;
      asked = true;
      channel.writeAndFlush(request.retainedDuplicate(), channel.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      open.add(channel);
      if (periodNanos == 0) {
        send(System.nanoTime());
      }
    }

    @Override
    void onHead(byte[] head, int length) {
      // "HTTP/1.1 200"
      if (head[9] != '2' || head[10] != '0' || head[11] != '0') {
        failed(
            new String(head, 0, length, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse(""));
      }
    }

    @Override
    void onBody(ByteBuf buffer, int index, int length) {
      if (streamed) {
        buffer.forEachByte(index, length, this);
      }
    }

    /// Finds the stamps of events, cut anywhere.
    @Override
    public boolean process(byte b) {
      if (digits > 0) {
        stamp = stamp * 10 + (b - '0');
        if (--digits == 0) {
          events++;
          eventDelays.recordValue(Math.max(0, System.nanoTime() - stamp));
        }
      } else if (b == '_' && matched == 2) {
        matched = 0;
        digits = Mock.STAMP_DIGITS;
        stamp = 0;
      } else if (b == 't' && previous == ' ') {
        matched = 2;
      } else {
        matched = 0;
      }
      previous = b;
      return true;
    }

    @Override
    void onEnd(ChannelHandlerContext context) {
      long now = System.nanoTime();
      asked = false;
      answers++;
      latencies.recordValue(Math.max(0, now - dueNanos));
      if (closed || periodNanos == 0) {
        send(now);
      } else {
        idle.addLast(this);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      open.remove(channel);
      idle.remove(this);
      if (asked) {
        failed("connection closed before the answer ended");
      }
      if (periodNanos == 0) {
        LOOP.schedule(Load.this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failed(String.valueOf(cause.getMessage()));
      context.close();
    }
  }
}
