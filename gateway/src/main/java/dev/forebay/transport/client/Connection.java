package dev.forebay.transport.client;

import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.transport.wire.HeadNames;
import dev.forebay.transport.wire.NettyHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection to a provider, which carries one call at a time. Event loop only.
///
/// ```
/// connected ──send──▶ busy ──last byte──▶ idle ──send──▶ busy …
///                      │ break, cancel      │ closed by the provider, too old
///                      ▼                    ▼
///                    closed ◀───────────────┘
/// ```
///
/// Vert.x connected it, with its name resolution and TLS, and hears when it closes; what is read
/// comes here and goes no further.
final class Connection extends ChannelInboundHandlerAdapter {

  /// Where Vert.x's own handler stands in the pipeline; ours go before it.
  private static final String VERTX_HANDLER = "handler";

  private static final int FIRST_FINAL_STATUS = 200;

  private final Origin origin;
  private final IdleConnections idle;
  private final ContextInternal context;
  private final Channel channel;
  private final ChannelFutureListener sent = this::sent;

  private final PlainReader plain;

  private @Nullable HttpCall call;
  private boolean written;
  private boolean keepAlive;
  private boolean interim;
  private boolean waiting;
  private long waitingSinceNanos;

  private Connection(
      Origin origin,
      IdleConnections idle,
      ContextInternal context,
      Channel channel,
      HeadNames names,
      byte[] scratch) {
    this.plain = new PlainReader(this, names, scratch);
    this.origin = origin;
    this.idle = idle;
    this.context = context;
    this.channel = channel;
  }

  /// Takes over a socket that has just been connected.
  ///
  /// @param names those of the loop
  /// @param scratch room to read heads in, of [PlainAnswer#scratch]; all connections of a loop
  ///   share it
  static Connection on(
      NetSocketInternal socket,
      Origin origin,
      IdleConnections idle,
      ContextInternal context,
      HeadNames names,
      byte[] scratch) {
    Channel channel = socket.channelHandlerContext().channel();
    Connection connection = new Connection(origin, idle, context, channel, names, scratch);
    channel.pipeline().addBefore(VERTX_HANDLER, "plain", connection.plain);
    channel.pipeline().addBefore(VERTX_HANDLER, "answers", new AnswerDecoder());
    channel.pipeline().addBefore(VERTX_HANDLER, "connection", connection);
    return connection;
  }

  Origin origin() {
    return origin;
  }

  /// Sends a request; its answer goes to `next`, never from inside this call.
  void send(HttpCall next, UpstreamRequest request, RequestText text) {
    waiting = false;
    call = next;
    written = false;
    keepAlive = false;
    plain.expect();
    ByteBuf buffer;
    try {
      buffer = text.write(request, channel.alloc());
    } catch (IllegalArgumentException unsendable) {
      later(Upstream.Failure.PROTOCOL);
      return;
    }
    channel.writeAndFlush(buffer).addListener(sent);
  }

  private void sent(ChannelFuture future) {
    if (future.isSuccess()) {
      written = true;
    } else {
      later(HttpCall.failureOf(future.cause(), Upstream.Failure.RESET));
    }
  }

  /// Fails the call under way, but not before whoever is sending it has returned.
  private void later(Upstream.Failure failure) {
    HttpCall failing = call;
    channel
        .eventLoop()
        .execute(() -> {
          if (call == failing) {
            dispatch(() -> broke(failure));
          }
        });
  }

  /// Runs the action as something that happens on this loop's context.
  void dispatch(Runnable action) {
    ContextInternal before = context.beginDispatch();
    try {
      action.run();
    } finally {
      context.endDispatch(before);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext handler, Object message) {
    ContextInternal before = context.beginDispatch();
    try {
      read((HttpObject) message);
    } finally {
      context.endDispatch(before);
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpObject message) {
    HttpCall current = call;
    if (current == null) {
      // Nobody asked: whatever the provider means, the next call must not get it.
      channel.close();
      return;
    }
    if (message.decoderResult().isFailure()) {
      broke(Upstream.Failure.PROTOCOL);
      return;
    }
    if (message instanceof HttpResponse head && !head(current, head)) {
      return;
    }
    if (message instanceof HttpContent content && !interim && call == current) {
      ByteBuf bytes = content.content();
      if (bytes.isReadable()) {
        byte[] piece = new byte[bytes.readableBytes()];
        bytes.readBytes(piece);
        current.chunk(piece);
      }
      if (message instanceof LastHttpContent && call == current) {
        ended(current);
      }
    }
  }

  private boolean head(HttpCall current, HttpResponse head) {
    int status = head.status().code();
    if (status == 101) {
      broke(Upstream.Failure.PROTOCOL);
      return false;
    }
    interim = status < FIRST_FINAL_STATUS;
    if (!interim) {
      keepAlive = HttpUtil.isKeepAlive(head);
      current.head(status, new NettyHeaders(head.headers()));
    }
    return true;
  }

  // What a plain answer says; its connection stays open.

  void begins(PlainAnswer answer) {
    HttpCall current = call;
    if (current != null) {
      keepAlive = true;
      current.head(answer.status(), answer.headers());
    }
  }

  void holds(byte[] piece) {
    HttpCall current = call;
    if (current != null) {
      current.chunk(piece);
    }
  }

  void ends() {
    HttpCall current = call;
    if (current != null) {
      ended(current);
    }
  }

  private void ended(HttpCall current) {
    call = null;
    if (keepAlive && written && channel.isActive()) {
      rest();
    } else {
      channel.close();
    }
    current.ended();
  }

  /// Waits for the next call.
  void rest() {
    reading(true);
    waiting = true;
    waitingSinceNanos = idle.put(this);
  }

  long waitingSinceNanos() {
    return waitingSinceNanos;
  }

  boolean open() {
    return channel.isActive();
  }

  private void broke(Upstream.Failure failure) {
    HttpCall broken = call;
    close();
    if (broken != null) {
      broken.fail(failure);
    }
  }

  /// Stops or resumes reading.
  void reading(boolean on) {
    if (channel.config().isAutoRead() != on) {
      channel.config().setAutoRead(on);
    }
  }

  /// Closes at once; no callback follows.
  void close() {
    call = null;
    channel.close();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext handler) {
    // What was read stays here, and so does its end.
  }

  @Override
  public void channelInactive(ChannelHandlerContext handler) {
    if (waiting) {
      waiting = false;
      idle.remove(this);
    }
    dispatch(() -> broke(Upstream.Failure.RESET));
    handler.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
    dispatch(() -> broke(HttpCall.failureOf(cause, Upstream.Failure.RESET)));
  }
}
