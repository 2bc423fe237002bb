package dev.forebay.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One event of a stream as the grammars look at it: its name and its data, where they lie. A view
/// that is set anew for each event. *Confined to the exchange.*
final class StreamEvent {

  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TYPE_FIRST = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);

  /// The array that holds the whole event, and where it begins and ends in there.
  byte[] array = {};

  int from;
  int to;

  /// The `event:` field; empty when there is none.
  int nameFrom;

  int nameTo;

  /// The data and the array they lie in, which is another one when several lines were joined.
  byte[] data = {};

  int dataFrom;
  int dataTo;

  /// What kind of event it is, once [#findKind] has looked.
  byte[] kindArray = {};

  int kindFrom;
  int kindTo;

  /// The event is no event: a JSON document stands where fields should.
  boolean bare;

  /// The event is an element of a JSON array, and separators stand before its data.
  void element(byte[] array, int from, int to, int elementFrom) {
    this.array = array;
    this.from = from;
    this.to = to;
    this.data = array;
    this.dataFrom = elementFrom;
    this.dataTo = to;
    this.nameFrom = from;
    this.nameTo = from;
    this.bare = false;
  }

  /// Reads the fields of a server-sent event.
  ///
  /// @param lines how many lines there are at most, not counting blank ones at the end
  void read(byte[] array, int from, int to, int lines) {
    this.array = array;
    this.from = from;
    this.to = to;
    this.nameFrom = from;
    this.nameTo = from;
    this.data = array;
    this.dataFrom = from;
    this.dataTo = from;
    this.bare = false;
    boolean found = false;
    ByteArrayOutputStream joined = null;
    int last = lastByteEnd(array, from, to);
    int line = from;
    for (int left = lines; line < last; left--) {
      // The last line is usually the long one, and needs no search.
      int end = left == 1 ? last : Bytes.newline(array, line, last);
      if (Bytes.startsWith(array, line, end, DATA)) {
        int value = valueFrom(array, line + DATA.length, end);
        if (!found) {
          dataFrom = value;
          dataTo = end;
          found = true;
        } else {
          joined = joined(joined, value, end);
        }
      } else if (Bytes.startsWith(array, line, end, EVENT)) {
        nameFrom = valueFrom(array, line + EVENT.length, end);
        nameTo = end;
      } else if (!found && line < end && isJson(array, line, end)) {
        bare = true;
        dataFrom = line;
        dataTo = to;
        return;
      }
      boolean twoBytes = end + 1 < last && array[end] == '\r' && array[end + 1] == '\n';
      line = end + (twoBytes ? 2 : 1);
    }
    if (joined != null) {
      data = joined.toByteArray();
      dataFrom = 0;
      dataTo = data.length;
    }
  }

  private ByteArrayOutputStream joined(@Nullable ByteArrayOutputStream before, int from, int to) {
    ByteArrayOutputStream joined = before;
    if (joined == null) {
      joined = new ByteArrayOutputStream();
      joined.write(array, dataFrom, dataTo - dataFrom);
    }
    joined.write('\n');
    joined.write(array, from, to - from);
    return joined;
  }

  private static int lastByteEnd(byte[] array, int from, int to) {
    int end = to;
    while (end > from && (array[end - 1] == '\n' || array[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  private static int valueFrom(byte[] array, int from, int to) {
    return from < to && array[from] == ' ' ? from + 1 : from;
  }

  private static boolean isJson(byte[] array, int from, int to) {
    int first = Bytes.skipSpace(array, from, to);
    return first < to && (array[first] == '{' || array[first] == '[');
  }

  boolean hasData() {
    return dataTo > dataFrom;
  }

  int dataLength() {
    return dataTo - dataFrom;
  }

  Slice dataSlice() {
    return new Slice(data, dataFrom, dataTo - dataFrom);
  }

  /// Finds what kind of event it is: its name, or the `type` of its data; empty when neither says.
  void findKind() {
    if (nameTo > nameFrom) {
      kindArray = array;
      kindFrom = nameFrom;
      kindTo = nameTo;
      return;
    }
    kindArray = data;
    if (dataStartsWith(TYPE_FIRST)) {
      kindFrom = dataFrom + TYPE_FIRST.length;
      kindTo = Bytes.quoteOrEscape(data, kindFrom, dataTo);
      return;
    }
    byte[] type = Json.topLevelString(dataSlice(), "type");
    if (type != null) {
      kindArray = type;
    }
    kindFrom = 0;
    kindTo = type == null ? 0 : type.length;
  }

  boolean isKind(byte[] kind) {
    return kindTo - kindFrom == kind.length && Bytes.startsWith(kindArray, kindFrom, kindTo, kind);
  }

  /// Whether neither its name nor its data say what kind it is.
  boolean isUnnamed() {
    return kindTo == kindFrom;
  }

  String kind() {
    return new String(kindArray, kindFrom, kindTo - kindFrom, StandardCharsets.UTF_8);
  }

  /// Whether the event has no fields at all: a comment, or a blank line.
  boolean isSilent() {
    return !hasData() && nameTo == nameFrom;
  }

  boolean named(byte[] name) {
    return nameTo - nameFrom == name.length && Bytes.startsWith(array, nameFrom, nameTo, name);
  }

  /// Whether the data begin with those bytes.
  boolean dataStartsWith(byte[] prefix) {
    return Bytes.startsWith(data, dataFrom, dataTo, prefix);
  }
}
