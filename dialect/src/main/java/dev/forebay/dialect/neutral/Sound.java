package dev.forebay.dialect.neutral;

import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sound, and pictures, of answers. Providers give sound as samples, 16 bits each, low byte first,
/// one channel: what Gemini calls `audio/L16` and OpenAI `pcm16`.
public final class Sound {

  /// What samples are called that do not say how many make up a second: OpenAI's.
  public static final String SAMPLES = "audio/L16;codec=pcm;rate=24000";

  private static final String RIFF_IN_BASE64 = "UklGR";
  private static final int USUAL_RATE = 24_000;
  private static final int HEADER = 44;
  private static final String RATE = "rate=";

  private Sound() {}

  /// The media type of what OpenAI gave, which does not say: a file by how it begins, else samples.
  public static String typeOf(String base64) {
    return base64.startsWith(RIFF_IN_BASE64) ? "audio/wav" : SAMPLES;
  }

  /// What OpenAI calls the form of sound in a request; null when it takes none of that form.
  public static @Nullable String givenForm(Media media) {
    if (!(media.source() instanceof Source.Inline inline)) {
      return null;
    }
    return switch (inline.mimeType()) {
      case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
      case "audio/mp3", "audio/mpeg" -> "mp3";
      default -> null;
    };
  }

  /// All sound among the parts of an answer as one; null when there is none.
  public static @Nullable Media in(List<Part> parts) {
    Media found = null;
    for (Part part : parts) {
      if (part instanceof Media media
          && media.kind() == Media.Kind.AUDIO
          && media.source() instanceof Source.Inline) {
        found = found == null ? media : joined(found, media);
      }
    }
    return found;
  }

  private static Media joined(Media one, Media next) {
    if (!(one.source() instanceof Source.Inline(String type, String first))
        || !(next.source() instanceof Source.Inline(String _, String second))) {
      return one;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.writeBytes(Base64.getDecoder().decode(first));
      bytes.writeBytes(Base64.getDecoder().decode(second));
    } catch (IllegalArgumentException notBase64) {
      return one;
    }
    String all = Base64.getEncoder().encodeToString(bytes.toByteArray());
    Source source = new Source.Inline(type, all);
    return new Media(
        one.kind(), source, null, null, null, joined(one.made(), next.made()), one.where());
  }

  private static Part.@Nullable Made joined(Part.@Nullable Made one, Part.@Nullable Made next) {
    if (one == null || next == null) {
      return one == null ? next : one;
    }
    String words =
        one.transcript() == null
            ? next.transcript()
            : next.transcript() == null ? one.transcript() : one.transcript() + next.transcript();
    return new Part.Made(one.id(), words, one.expires());
  }

  /// The words of a sound, as far as they are known.
  public static String transcript(Media sound) {
    Part.Made made = sound.made();
    return made == null || made.transcript() == null ? "" : made.transcript();
  }

  /// The bytes in the form that was asked for, if they can be given it; else as they are.
  public static String inForm(Source.Inline sound, @Nullable String form) {
    if (!"wav".equals(form) || !isSamples(sound.mimeType())) {
      return sound.base64();
    }
    try {
      byte[] samples = Base64.getDecoder().decode(sound.base64());
      ByteBuffer file = ByteBuffer.allocate(HEADER + samples.length);
      header(file, samples.length, rate(sound.mimeType()));
      file.put(samples);
      return Base64.getEncoder().encodeToString(file.array());
    } catch (IllegalArgumentException notBase64) {
      return sound.base64();
    }
  }

  private static boolean isSamples(String mimeType) {
    return mimeType.regionMatches(true, 0, "audio/L16", 0, 9)
        || mimeType.regionMatches(true, 0, "audio/pcm", 0, 9);
  }

  /// Samples in a second.
  private static int rate(String mimeType) {
    int at = mimeType.indexOf(RATE);
    int end = at < 0 ? 0 : at + RATE.length();
    int from = end;
    while (end < mimeType.length() && end - from < 6 && Character.isDigit(mimeType.charAt(end))) {
      end++;
    }
    return end > from && at >= 0 ? Integer.parseInt(mimeType, from, end, 10) : USUAL_RATE;
  }

  /// The header of a file that holds nothing but samples.
  private static void header(ByteBuffer file, int bytes, int rate) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(rate).putInt(rate * 2).putShort((short) 2).putShort((short) 16);
    file.put(ascii("data")).putInt(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What those are told who cannot be given a picture or sound.
  public static String unshown(Media media) {
    return unshown(media.kind(), media.source());
  }

  /// The same of what has just been a piece of it.
  public static String unshown(Media.Kind kind, Source source) {
    String what =
        switch (kind) {
          case IMAGE -> "a picture";
          case AUDIO -> "sound";
          case VIDEO -> "a film";
          case DOCUMENT -> "a document";
        };
    String type = source instanceof Source.Inline inline ? inline.mimeType() : "";
    String named = type.isEmpty() ? what : what + " (" + type + ")";
    return "[The model gave " + named + ", for which this API has no place.]";
  }
}
