package dev.forebay.dialect.translate;

import dev.forebay.dialect.BodyEdits.Edit;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.ForeignReasoning;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.SliceInputStream;
import dev.forebay.dialect.gemini.Signatures;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.neutral.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Takes reasoning of other providers out of a request that stays in its dialect, and leaves what
/// its own provider made.
///
/// A conversation that was answered elsewhere for a while holds reasoning, and sources of texts,
/// that are tagged with their owner. The provider of the dialect would refuse them, so they go; all
/// else stays byte for byte. *Confined to one call.*
public final class TaggedReasoning {

  private static final byte[] NOTHING = {};
  private static final byte[] NO_ELEMENTS = {'[', ']'};
  private static final byte[] TAG = Seal.PREFIX.getBytes(StandardCharsets.US_ASCII);

  /// How tags begin in Gemini's dialect, where signatures are base64.
  private static final String ENCODED = "ZmIxL";

  private static final byte[] ENCODED_TAG = ENCODED.getBytes(StandardCharsets.US_ASCII);

  private final Dialect dialect;
  private final Slice body;
  private final List<Edit> edits = new ArrayList<>();

  /// Sources have none of their own, however deep a client nests them.
  private boolean amongSources;

  private TaggedReasoning(Dialect dialect, Slice body) {
    this.dialect = dialect;
    this.body = body;
  }

  /// The splices that take it out, in ascending order; none for nearly every body, and for one that
  /// cannot be read.
  public static List<Edit> edits(Dialect dialect, Slice body) {
    byte[] tag = dialect == Dialect.GEMINI_GENERATE ? ENCODED_TAG : TAG;
    // Chat messages hold it in a field that the provider does not know, and so ignores.
    if (dialect == Dialect.OPENAI_CHAT || !contains(body, tag)) {
      return List.of();
    }
    TaggedReasoning search = new TaggedReasoning(dialect, body);
    try {
      search.root();
    } catch (Fault unreadable) {
      return List.of();
    }
    return List.copyOf(search.edits);
  }

  /// The same for what an operation asks of its own provider.
  public static List<Edit> edits(Operation operation, List<Slice> body) {
    if (operation != Operation.GEMINI_CHAT_COMPLETIONS) {
      return edits(operation.dialect(), body);
    }
    // Google signs calls in an extension of its own.
    List<Edit> edits =
        contains(body, ENCODED_TAG)
            ? ForeignReasoning.tagged(new SliceInputStream(body), ENCODED)
            : null;
    return edits == null ? List.of() : edits;
  }

  /// The same for a body that came in pieces; they are joined only when there is something.
  public static List<Edit> edits(Dialect dialect, List<Slice> body) {
    if (body.size() == 1) {
      return edits(dialect, body.getFirst());
    }
    byte[] tag = dialect == Dialect.GEMINI_GENERATE ? ENCODED_TAG : TAG;
    if (dialect == Dialect.OPENAI_CHAT || !contains(body, tag)) {
      return List.of();
    }
    return edits(dialect, Slice.joined(body));
  }

  private static boolean contains(List<Slice> body, byte[] tag) {
    // Where two pieces meet, the tag may be cut.
    byte[] seam = new byte[2 * (tag.length - 1)];
    int kept = 0;
    for (Slice piece : body) {
      int taken = Math.min(piece.length(), tag.length - 1);
      System.arraycopy(piece.array(), piece.offset(), seam, kept, taken);
      if (contains(new Slice(seam, 0, kept + taken), tag) || contains(piece, tag)) {
        return true;
      }
      if (piece.length() >= tag.length - 1) {
        kept = tag.length - 1;
        int from = piece.offset() + piece.length() - kept;
        System.arraycopy(piece.array(), from, seam, 0, kept);
      } else {
        int all = kept + taken;
        int next = Math.min(all, tag.length - 1);
        System.arraycopy(seam, all - next, seam, 0, next);
        kept = next;
      }
    }
    return false;
  }

  /// Looks at every fourth or fifth byte only: one that is not in the tag rules out all places
  /// before it [1].
  ///
  /// [1] R. N. Horspool, Practical Fast Searching in Strings, Software: Practice and Experience
  /// 10(6), 1980.
  private static boolean contains(Slice body, byte[] tag) {
    byte[] array = body.array();
    int end = body.offset() + body.length();
    int i = body.offset() + tag.length - 1;
    while (i < end) {
      int back = 0;
      while (back < tag.length && array[i] != tag[tag.length - 1 - back]) {
        back++;
      }
      if (back == 0 && matches(array, i - tag.length + 1, tag)) {
        return true;
      }
      i += Math.max(1, back);
    }
    return false;
  }

  private static boolean matches(byte[] array, int from, byte[] tag) {
    for (int i = 0; i < tag.length; i++) {
      if (array[from + i] != tag[i]) {
        return false;
      }
    }
    return true;
  }

  private void root() throws Fault {
    String list =
        switch (dialect) {
          case ANTHROPIC_MESSAGES, OPENAI_CHAT -> "messages";
          case OPENAI_RESPONSES -> "input";
          case GEMINI_GENERATE -> "contents";
        };
    JsonReader json = JsonReader.ofObject(body);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals(list) && json.isArray()) {
        list(json.raw(), dialect == Dialect.OPENAI_RESPONSES);
      } else {
        json.skip();
      }
    }
  }

  /// Cuts what is foreign out of an array; false when nothing of it would remain.
  ///
  /// @param leaves whether the elements themselves may be reasoning; else it is inside of them
  private boolean list(Slice array, boolean leaves) throws Fault {
    List<Slice> elements = new ArrayList<>();
    List<Boolean> goes = new ArrayList<>();
    JsonReader json = JsonReader.of(array);
    while (json.nextElement()) {
      Slice element = json.raw();
      elements.add(element);
      int before = edits.size();
      boolean go = leaves ? isForeign(element) : isEmptied(element);
      if (go) {
        // It goes as a whole, and the splices inside of it with it.
        edits.subList(before, edits.size()).clear();
        int last = elements.size() - 1;
        if (last > 0) {
          cut(end(elements.get(last - 1)), end(element));
        }
      }
      goes.add(go);
    }
    if (!goes.contains(false)) {
      return elements.isEmpty();
    }
    // In front of the first that stays there is no comma to take along.
    int first = goes.indexOf(false);
    if (first > 0) {
      edits.removeIf(edit ->
          edit.from() >= start(elements.getFirst()) && edit.to() <= start(elements.get(first)));
      cut(start(elements.getFirst()), start(elements.get(first)));
      edits.sort((a, b) -> Long.compare(a.from(), b.from()));
    }
    return true;
  }

  private void cut(long from, long to) {
    edits.add(new Edit(from, to, NOTHING));
  }

  private long start(Slice element) {
    return element.offset() - body.offset();
  }

  private long end(Slice element) {
    return start(element) + element.length();
  }

  /// Whether nothing would remain of a message.
  private boolean isEmptied(Slice message) throws Fault {
    String list = dialect == Dialect.GEMINI_GENERATE ? "parts" : "content";
    boolean emptied = false;
    JsonReader json = JsonReader.of(message);
    if (!json.isObject()) {
      return false;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals(list) && json.isArray()) {
        emptied = !list(json.raw(), true);
      } else {
        json.skip();
      }
    }
    return emptied;
  }

  /// Cuts the sources that others found; a text may have none left.
  private void sources(Slice citations) throws Fault {
    int before = edits.size();
    amongSources = true;
    if (!list(citations, true)) {
      edits.subList(before, edits.size()).clear();
      edits.add(new Edit(start(citations), end(citations), NO_ELEMENTS));
    }
    amongSources = false;
  }

  private boolean isForeign(Slice part) throws Fault {
    JsonReader json = JsonReader.of(part);
    if (!json.isObject()) {
      return false;
    }
    boolean foreign = false;
    boolean call = false;
    Slice signature = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "signature", "data", "encrypted_content", "encrypted_index" ->
            foreign |= json.isText() && json.text().startsWith(Seal.PREFIX);
        case "thoughtSignature", "thought_signature" -> {
          if (json.isText() && json.text().startsWith(ENCODED)) {
            foreign = true;
            signature = json.raw();
            continue;
          }
        }
        case "functionCall", "function_call" -> call = true;
        case "citations" -> {
          if (json.isArray() && !amongSources) {
            sources(json.raw());
            continue;
          }
        }
        default -> {}
      }
      json.skip();
    }
    if (call && signature != null) {
      // Gemini takes no call without a signature, so that this one only changes.
      edits.add(new Edit(start(signature), end(signature), Signatures.NOBODYS_JSON));
      return false;
    }
    return foreign;
  }
}
