package dev.forebay.simulator;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Compresses a body piece by piece, so that each can be read as soon as it is there.
final class Gzip {

  private Gzip() {}

  static List<Buffer> compress(List<Buffer> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Buffer> compressed = new ArrayList<>(pieces.size());
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 8192, true)) {
      for (int i = 0; i < pieces.size(); i++) {
        gzip.write(pieces.get(i).getBytes());
        gzip.flush();
        if (i == pieces.size() - 1) {
          gzip.finish();
        }
        compressed.add(Buffer.buffer(bytes.toByteArray()));
        bytes.reset();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed;
  }
}
