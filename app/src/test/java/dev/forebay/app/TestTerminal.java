package dev.forebay.app;

import dev.forebay.app.terminal.Input;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A terminal that remembers what was written, and lets a test wait for it. *Thread-safe.*
public final class TestTerminal {
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();
  private final Terminal terminal;
  private String piped = "";
  private @Nullable Deque<String> typed;
  private @Nullable Supplier<String> later;

  public TestTerminal() {
    this(Map.of());
  }

  public TestTerminal(Map<String, String> environment) {
    this.terminal =
        new Terminal(
            OutputStream.nullOutputStream(),
            new PrintWriter(new Sheet(out), true),
            new PrintWriter(new Sheet(err), true),
            false,
            Style.PLAIN,
            environment::get,
            () -> new Terminal.Size(100, 30),
            new Script());
  }

  /// What a pipe gives commands to read, all at once.
  public TestTerminal pipes(String text) {
    piped = text;
    return this;
  }

  /// What a person types, line by line, when asked.
  public TestTerminal types(String... lines) {
    typed = new ArrayDeque<>(List.of(lines));
    return this;
  }

  /// What a person types once they know it.
  public TestTerminal asks(Supplier<String> answer) {
    later = answer;
    return this;
  }

  public Terminal terminal() {
    return terminal;
  }

  /// What commands printed.
  public synchronized String out() {
    return out.toString();
  }

  /// What commands said.
  public synchronized String err() {
    return err.toString();
  }

  /// The first group of the pattern, once it has been printed.
  public String awaitOut(String pattern, BooleanSupplier over) throws InterruptedException {
    return await(out, pattern, over);
  }

  /// The same of what is said.
  public String awaitErr(String pattern, BooleanSupplier over) throws InterruptedException {
    return await(err, pattern, over);
  }

  private synchronized String await(StringBuilder text, String pattern, BooleanSupplier over)
      throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    while (true) {
      Matcher found = wanted.matcher(text);
      if (found.find()) {
        return found.group(1);
      }
      if (over.getAsBoolean()) {
        throw new IllegalStateException("ended without " + pattern + ":\n" + out + err);
      }
      wait(100);
    }
  }

  private final class Script implements Input {
    @Override
    public boolean typed() {
      return typed != null || later != null;
    }

    @Override
    public @Nullable String line(String question) {
      terminal.err().print(question);
      Supplier<String> asked = later;
      return asked != null ? asked.get() : typed == null ? null : typed.poll();
    }

    @Override
    public @Nullable String secret(String question) {
      return line(question);
    }

    @Override
    public Reader all() {
      return new StringReader(piped);
    }
  }

  private final class Sheet extends Writer {
    private final StringBuilder text;

    Sheet(StringBuilder text) {
      this.text = text;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
      synchronized (TestTerminal.this) {
        text.append(characters, offset, length);
        TestTerminal.this.notifyAll();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
