package dev.forebay.exchange;

import dev.forebay.dialect.StreamTap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Undoes `gzip` and `deflate` of an answer that was compressed although nobody asked for it.
///
/// The gateway asks for `identity`, because usage has to be read; some servers compress anyhow.
/// Event loop only; holds native memory until closed.
final class Decoder {

  private static final int GZIP_HEADER = 10;
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final boolean gzip;
  private Inflater inflater;
  private boolean closed;
  private boolean begun;
  private int headerSeen;
  private int flags;
  private int extraLeft = -1;
  private int extraSeen;

  private Decoder(boolean gzip, Inflater inflater) {
    this.gzip = gzip;
    this.inflater = inflater;
  }

  /// The decoder for a `content-encoding`, or null when there is nothing to undo or we cannot.
  static @Nullable Decoder of(@Nullable String encoding) {
    if (encoding == null) {
      return null;
    }
    return switch (encoding.strip()) {
      case "gzip", "x-gzip", "GZIP" -> new Decoder(true, new Inflater(true));
      case "deflate" -> new Decoder(false, new Inflater(false));
      default -> null;
    };
  }

  /// Whether answers in this encoding are decoded, so that the header must not travel on.
  static boolean decodes(@Nullable String encoding) {
    if (encoding == null) {
      return false;
    }
    return switch (encoding.strip()) {
      case "gzip", "x-gzip", "GZIP", "deflate" -> true;
      default -> false;
    };
  }

  /// Decodes one piece; false when the data is not what the header promised.
  boolean decode(byte[] array, int offset, int length, StreamTap.Out out) {
    int at = offset;
    int end = offset + length;
    if (gzip) {
      at = skipHeader(array, at, end);
      if (at < 0) {
        return false;
      }
    }
    try {
      inflate(array, at, end, out);
      return true;
    } catch (DataFormatException e) {
      return false;
    }
  }

  private void inflate(byte[] array, int from, int end, StreamTap.Out out)
      throws DataFormatException {
    int at = from;
    if (!gzip && !begun && at < end) {
      begun = true;
      // Some servers send raw deflate without the zlib header, whose first byte is 0x78 in
      // practice.
      if ((array[at] & 0x0f) != 8) {
        inflater.end();
        inflater = new Inflater(true);
      }
    }
    inflater.setInput(array, at, end - at);
    while (!closed && !inflater.needsInput() && !inflater.finished()) {
      byte[] piece = new byte[Math.max(1024, Math.min(32 << 10, 4 * (end - at)))];
      int count = inflater.inflate(piece);
      if (count > 0) {
        out.write(piece, 0, count);
      } else if (inflater.needsDictionary()) {
        throw new DataFormatException("a preset dictionary is not part of HTTP");
      }
    }
  }

  /// Where the compressed data begins in this piece; `end` when the header goes on; -1 when it is
  /// not gzip.
  private int skipHeader(byte[] array, int from, int end) {
    int at = from;
    while (at < end) {
      if (headerSeen < GZIP_HEADER) {
        int value = array[at] & 0xff;
        if ((headerSeen == 0 && value != 0x1f) || (headerSeen == 1 && value != 0x8b)) {
          return -1;
        }
        if (headerSeen == 3) {
          flags = value;
        }
        headerSeen++;
        at++;
      } else if ((flags & FLAG_EXTRA) != 0) {
        at = skipExtra(array, at);
      } else if ((flags & (FLAG_NAME | FLAG_COMMENT)) != 0) {
        if (array[at++] == 0) {
          flags &= (flags & FLAG_NAME) != 0 ? ~FLAG_NAME : ~FLAG_COMMENT;
        }
      } else if ((flags & FLAG_CRC) != 0) {
        at++;
        if (++extraSeen >= 2) {
          flags &= ~FLAG_CRC;
        }
      } else {
        return at;
      }
    }
    return at;
  }

  private int skipExtra(byte[] array, int at) {
    int value = array[at] & 0xff;
    if (extraSeen == 0) {
      extraLeft = value;
      extraSeen = 1;
    } else if (extraSeen == 1) {
      extraLeft |= value << 8;
      extraSeen = 2;
    } else {
      extraLeft--;
    }
    if (extraSeen == 2 && extraLeft == 0) {
      flags &= ~FLAG_EXTRA;
      extraSeen = 0;
    }
    return at + 1;
  }

  void close() {
    if (!closed) {
      closed = true;
      inflater.end();
    }
  }
}
