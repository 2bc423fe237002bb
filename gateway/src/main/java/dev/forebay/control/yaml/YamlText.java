package dev.forebay.control.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads YAML into a tree of values with lines. *Confined to the thread that reads the file.*
public final class YamlText {
  private static final int MOST_CHARACTERS = 16 << 20;
  private static final int DEEPEST = 20;

  private final Variables variables;
  private final Problems problems;

  private YamlText(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /// Reads one document; what is wrong goes to `problems`, and a text that is no YAML at all reads
  /// as absent.
  public static YamlNode read(
      String text, Function<String, @Nullable String> environment, Problems problems) {
    Variables variables = new Variables(environment);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowDuplicateKeys(true);
    Yaml yaml = new Yaml(new SafeConstructor(options));
    Node root;
    try {
      root = yaml.compose(new StringReader(variables.hide(text)));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(line, "not valid YAML: " + variables.written(sentence(e)));
      return new YamlNode.Absent(1);
    } catch (YAMLException e) {
      problems.add(0, "not valid YAML: " + variables.written(String.valueOf(e.getMessage())));
      return new YamlNode.Absent(1);
    }
    if (root == null) {
      return new YamlNode.Absent(1);
    }
    return new YamlText(variables, problems).node(root, DEEPEST);
  }

  private static String sentence(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem()).replace('\n', ' ').trim();
    if (problem.contains("'\\t(TAB)'")) {
      return "a tab is used for indentation; use spaces";
    }
    return e.getContext() == null ? problem : e.getContext() + ": " + problem;
  }

  private YamlNode node(Node node, int depth) {
    int line = node.getStartMark().getLine() + 1;
    if (depth == 0) {
      // An alias that contains itself has no end.
      problems.add(line, "the values are nested too deeply; at most " + DEEPEST + " levels");
      return new YamlNode.Absent(line);
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, line);
      case SequenceNode sequence -> {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(node(item, depth - 1));
        }
        yield new YamlNode.Items(line, items);
      }
      case MappingNode mapping -> mapping(mapping, line, depth);
      default -> new YamlNode.Absent(line);
    };
  }

  private YamlNode scalar(ScalarNode scalar, int line) {
    if (scalar.getTag().equals(Tag.NULL) && scalar.isPlain()) {
      return new YamlNode.Absent(line);
    }
    String text = variables.resolve(scalar.getValue(), line, problems);
    String written = variables.written(scalar.getValue());
    return text == null
        ? new YamlNode.Scalar(line, "", written, false)
        : new YamlNode.Scalar(line, text.strip(), written.strip(), true);
  }

  private YamlNode mapping(MappingNode mapping, int line, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      int at = key.getStartMark().getLine() + 1;
      if (!(key instanceof ScalarNode name)) {
        problems.add(at, "a key must be a plain word");
        continue;
      }
      String text = variables.written(name.getValue());
      if (text.equals("<<")) {
        problems.add(at, "merge keys ('<<') are not supported; repeat the settings instead");
        continue;
      }
      Integer first = seen.putIfAbsent(text, at);
      if (first != null) {
        problems.add(at, "'" + text + "' is already set on line " + first + "; keep one of them");
        continue;
      }
      entries.add(new YamlNode.Entry(at, text, node(tuple.getValueNode(), depth - 1)));
    }
    return new YamlNode.Mapping(line, entries);
  }
}
