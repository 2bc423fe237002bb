package dev.forebay.dialect.gemini;

import dev.forebay.dialect.neutral.Part.Media;
import java.util.Locale;

/// Media types of addresses, which Gemini wants to be told.
final class MediaTypes {

  private MediaTypes() {}

  /// What the end of an address tells; else the usual type of its kind.
  static String of(String url, Media.Kind kind) {
    int end = url.length();
    for (char c : new char[] {'?', '#'}) {
      int at = url.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    int dot = url.lastIndexOf('.', end - 1);
    String extension = dot < 0 ? "" : url.substring(dot + 1, end).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "webp" -> "image/webp";
      case "gif" -> "image/gif";
      case "heic" -> "image/heic";
      case "pdf" -> "application/pdf";
      case "txt" -> "text/plain";
      case "html", "htm" -> "text/html";
      case "csv" -> "text/csv";
      case "mp3" -> "audio/mp3";
      case "wav" -> "audio/wav";
      case "mp4" -> "video/mp4";
      default ->
          switch (kind) {
            case IMAGE -> "image/jpeg";
            case DOCUMENT -> "application/pdf";
            case AUDIO -> "audio/mp3";
            case VIDEO -> "video/mp4";
          };
    };
  }
}
