package dev.forebay.transport.server;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Endpoints;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.exchange.AnswerHeaders;
import dev.forebay.exchange.BodySink;
import dev.forebay.exchange.ClientRequest;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Exchange;
import dev.forebay.transport.wire.HeadText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection, for as long as nothing but plain requests of the data plane comes on it.
/// Event loop only.
///
/// It stands before Vert.x's HTTP server and takes what that one would read and write anew at twice
/// the cost: a [PlainHead] whose caller and endpoint are known, and its body. At the first bytes
/// that are anything else (a page, a refusal, a head in doubt) it takes itself out of the
/// connection and Vert.x reads from there on; no byte is ever judged by both.
///
/// ```
/// idle ──head──▶ body ──last byte──▶ live ──last byte of the answer──▶ idle …
///  └── anything else ──▶ handed over to Vert.x, for good
/// ```
final class DirectConnection extends ChannelDuplexHandler {

  private static final int USUAL_HEAD = 4 << 10;

  private static final Logger log = LoggerFactory.getLogger(DirectConnection.class);

  /// Reads of one head; who sends it in more pieces is not in a hurry.
  private static final int MOST_PIECES = 8;

  /// What may wait behind a live exchange before reading stops.
  private static final int MOST_AHEAD = 64 << 10;

  /// Vert.x's handlers.
  private static final String IDLE_HANDLER = "idle";

  private static final String VERTX_HANDLER = "handler";

  private final Loop loop;
  private @Nullable ChannelHandlerContext handler;
  private @Nullable ByteBuf gathered;
  private int pieces;
  private long lastHeardNanos;
  private long silentLooks;
  private boolean reading;

  private @Nullable Begun begun;
  private @Nullable DirectCaller live;
  private @Nullable ChannelPromise closing;

  /// A request whose body is being read.
  private record Begun(
      PlainHead head,
      Endpoint.Found endpoint,
      Directory.Client client,
      Directory directory,
      DirectBody body,
      long arrivedNanos) {}

  DirectConnection(Loop loop) {
    this.loop = loop;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    handler = added;
    loop.opened(this);
  }

  private ChannelHandlerContext handler() {
    ChannelHandlerContext known = handler;
    if (known == null) {
      throw new IllegalStateException("the connection is not open");
    }
    return known;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    lastHeardNanos = loop.ticker().nanos();
    silentLooks = 0;
    gathered =
        gathered == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), gathered, bytes);
    pieces++;
    if (!reading) {
      loop.dispatched(this::proceed);
    }
    ByteBuf rest = gathered;
    if (live != null && rest != null && rest.readableBytes() > MOST_AHEAD) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // What was read stays here, and so does its end.
  }

  /// Does what the gathered bytes allow.
  private void proceed() {
    reading = true;
    while (live == null && goesOn()) {
      // As long as something comes of it.
    }
    reading = false;
  }

  private boolean goesOn() {
    Begun current = begun;
    return current == null ? gathered != null && begins() : fills(current);
  }

  /// Reads a head; false when there is no more to do with what has come.
  private boolean begins() {
    ByteBuf bytes = gathered;
    if (bytes == null || !bytes.isReadable()) {
      drained();
      return false;
    }
    return switch (parsed(bytes)) {
      case PlainHead.Parsed.Whole(PlainHead whole) -> {
        if (!accepts(whole)) {
          handOver();
          yield false;
        }
        bytes.skipBytes(whole.length());
        yield true;
      }
      case PlainHead.Parsed.Open ignored -> {
        if (pieces > MOST_PIECES) {
          handOver();
        }
        yield false;
      }
      case PlainHead.Parsed.Foreign ignored -> {
        handOver();
        yield false;
      }
    };
  }

  private PlainHead.Parsed parsed(ByteBuf bytes) {
    byte[] scratch = loop.scratch();
    int available = Math.min(bytes.readableBytes(), USUAL_HEAD);
    bytes.getBytes(bytes.readerIndex(), scratch, 0, available);
    PlainHead.Parsed parsed = PlainHead.parse(scratch, available, loop.names());
    if (parsed == PlainHead.Parsed.Open.INSTANCE && bytes.readableBytes() > available) {
      available = Math.min(bytes.readableBytes(), scratch.length);
      bytes.getBytes(bytes.readerIndex(), scratch, 0, available);
      parsed = PlainHead.parse(scratch, available, loop.names());
    }
    return parsed;
  }

  private boolean accepts(PlainHead whole) {
    Directory now = loop.directory();
    String query = whole.query();
    if (whole.contentLength() > now.limits().maxBodyBytes()
        || whole.get("origin") != null
        || !(Endpoints.match("POST", whole.path(), query, whole) instanceof Endpoint.Found found)
        || !(loop.authenticate(whole, query, now)
            instanceof Authenticator.Known(Directory.Client known))
        || !loop.bodies().take(whole.contentLength())) {
      return false;
    }
    begun =
        new Begun(whole, found, known, now, new DirectBody(whole.contentLength()), lastHeardNanos);
    pieces = 0;
    if (handler().pipeline().get(IDLE_HANDLER) != null) {
      handler().pipeline().remove(IDLE_HANDLER);
    }
    return true;
  }

  /// Reads the body; true when the request is whole.
  private boolean fills(Begun current) {
    ByteBuf bytes = gathered;
    if (bytes == null || !current.body().fill(bytes)) {
      drained();
      return false;
    }
    if (!bytes.isReadable()) {
      drained();
    }
    begun = null;
    dispatch(current);
    return true;
  }

  private void drained() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
    pieces = 0;
  }

  private void dispatch(Begun whole) {
    long bytes = whole.body().length();
    String id = loop.nextId();
    ClientRequest request =
        new ClientRequest(
            id,
            whole.directory(),
            whole.client(),
            whole.endpoint(),
            "POST",
            whole.head(),
            whole.body().slices(),
            bytes,
            whole.arrivedNanos());
    DirectCaller caller = new DirectCaller(this, () -> loop.bodies().release(bytes));
    live = caller;
    BodySink sink = loop.keptBodies();
    int most = sink.most();
    Exchange exchange =
        loop.dispatcher()
            .dispatch(
                request,
                most == 0
                    ? caller
                    : new KeepingCaller(caller, sink, most, id, request.body(), bytes));
    caller.serves(exchange);
  }

  /// Leaves the connection to Vert.x, from the bytes on that have not been judged.
  private void handOver() {
    ChannelHandlerContext context = handler();
    ByteBuf rest = gathered;
    gathered = null;
    loop.closed(this);
    if (context.pipeline().get(IDLE_HANDLER) == null) {
      context
          .pipeline()
          .addBefore(
              VERTX_HANDLER,
              IDLE_HANDLER,
              new IdleStateHandler(0, 0, loop.idleNanos(), TimeUnit.NANOSECONDS));
    }
    context.pipeline().remove(this);
    if (rest != null) {
      context.fireChannelRead(rest);
      context.fireChannelReadComplete();
    }
  }

  HeadText text() {
    return loop.text();
  }

  ByteBuf buffer(int bytes) {
    return handler().alloc().directBuffer(bytes);
  }

  void write(ByteBuf buffer) {
    handler().writeAndFlush(buffer, handler().voidPromise());
  }

  /// Runs the action when the loop has done what it is about.
  void later(Runnable action) {
    handler().executor().execute(() -> loop.dispatched(action));
  }

  boolean takesMore() {
    return handler().channel().isWritable();
  }

  /// The answer is written to its end.
  void answered() {
    live = null;
    silentLooks = 0;
    ChannelPromise close = closing;
    if (close != null) {
      handler().close(close);
      return;
    }
    if (!handler().channel().config().isAutoRead()) {
      handler().channel().config().setAutoRead(true);
    }
    if (gathered != null && !reading) {
      later(() -> {
        if (!reading) {
          proceed();
        }
      });
    }
  }

  /// Breaks the answer off.
  void abort() {
    live = null;
    handler().close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    DirectCaller caller = live;
    if (caller != null && context.channel().isWritable()) {
      loop.dispatched(caller::writable);
    }
    context.fireChannelWritabilityChanged();
  }

  /// Looks at what has been silent for too long.
  void watch(long nowNanos) {
    if (live != null) {
      return;
    }
    Begun current = begun;
    if (current == null) {
      // Counted and not measured: a clock that jumps must not cut off a client that is about to
      // ask.
      if (++silentLooks > loop.idleLooks()) {
        handler().close();
      }
    } else if (nowNanos - lastHeardNanos > current.directory().limits().bodyTimeout().toNanos()) {
      tooSlow(current);
    }
  }

  private void tooSlow(Begun current) {
    begun = null;
    loop.bodies().release(current.body().length());
    Endpoint.Found asked = current.endpoint();
    Dialect shape = asked.operation().dialect();
    GatewayError error =
        RequestReader.bodyTooSlow(current.directory().limits(), current.body().received());
    String id = loop.nextId();
    List<String> headers = new ArrayList<>(AnswerHeaders.ofError(shape, error, id, 0));
    headers.add("connection");
    headers.add("close");
    byte[] text = AnswerHeaders.errorBody(shape, AnswerHeaders.asArray(asked), error, id);
    DirectCaller caller = new DirectCaller(this, () -> {});
    closing = handler().newPromise();
    live = caller;
    caller.answer(error.status(), headers, List.of(new Slice(text, 0, text.length)), text.length);
  }

  /// Vert.x closes connections on which it knows of no request; a live answer is let through first.
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (live == null || !context.channel().isActive()) {
      context.close(promise);
    } else if (closing == null) {
      closing = promise;
    } else {
      closing.addListener((ChannelFutureListener) done -> promise.trySuccess());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.closed(this);
    Begun current = begun;
    if (current != null) {
      begun = null;
      loop.bodies().release(current.body().length());
    }
    DirectCaller caller = live;
    live = null;
    if (caller != null) {
      loop.dispatched(caller::left);
    }
    drained();
    context.fireChannelInactive();
  }

  /// A reset, or a fault of ours: either way there is nobody to answer.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("a connection is closed because of a fault while it was served", cause);
    }
    context.close();
  }
}
