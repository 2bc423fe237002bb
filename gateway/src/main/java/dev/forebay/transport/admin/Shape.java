package dev.forebay.transport.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a value must be, as a JSON schema says. Immutable.
final class Shape {

  private static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions()
          .setBaseUri("https://forebay.dev")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);

  private static final String UNKNOWN = "is not known here";
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private final JsonObject schema;
  private final Validator validator;

  private Shape(JsonObject schema) {
    this.schema = schema;
    this.validator = Validator.create(JsonSchema.of(schema), OPTIONS);
  }

  static Shape of(JsonObject schema) {
    return new Shape(schema);
  }

  /// A parameter's text as the type that the schema wants; text that is none stays text, which the
  /// check then refuses.
  Object read(String text) {
    String type = String.valueOf(schema.getValue("type"));
    try {
      return switch (type) {
        case "integer" -> Long.valueOf(text);
        case "number" -> Double.valueOf(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /// Adds what is wrong with `value`, each thing once, in words for people.
  void check(String name, @Nullable Object value, List<Problem.Field> wrong) {
    OutputUnit result = validator.validate(value);
    List<OutputUnit> errors = result.getErrors();
    if (Boolean.TRUE.equals(result.getValid()) || errors == null) {
      return;
    }
    Set<Problem.Field> found = new LinkedHashSet<>();
    for (OutputUnit error : errors) {
      Problem.Field field = field(name, error);
      if (field != null) {
        found.add(field);
      }
    }
    // The validator calls a property unknown when its value is wrong.
    List<Problem.Field> told = List.copyOf(found);
    found.removeIf(field ->
        field.message().equals(UNKNOWN) && told.stream().anyMatch(other -> isInside(other, field)));
    if (found.isEmpty()) {
      wrong.add(new Problem.Field(name, "is not what the API documents"));
    }
    wrong.addAll(found);
  }

  private static boolean isInside(Problem.Field inner, Problem.Field outer) {
    return inner != outer
        && (inner.field().equals(outer.field()) || inner.field().startsWith(outer.field() + "."));
  }

  /// Null for an error that only says that something inside is wrong.
  private static Problem.@Nullable Field field(String name, OutputUnit error) {
    String location = error.getInstanceLocation();
    String inside = location.length() > 2 ? location.substring(2).replace('/', '.') : "";
    String field = name.isEmpty() ? inside : inside.isEmpty() ? name : name + "." + inside;
    String keyword = error.getKeywordLocation();
    String said = error.getError();
    return switch (keyword.substring(keyword.lastIndexOf('/') + 1)) {
      case "properties", "items", "$ref" -> null;
      case "required" -> new Problem.Field(joined(field, quoted(said)), "is required");
      case "additionalProperties" -> new Problem.Field(field, UNKNOWN);
      default -> keyword.contains("/additionalProperties/") ? null : new Problem.Field(field, said);
    };
  }

  private static String joined(String field, String name) {
    return field.isEmpty() ? name : name.isEmpty() ? field : field + "." + name;
  }

  private static String quoted(String said) {
    Matcher matcher = QUOTED.matcher(said);
    return matcher.find() ? matcher.group(1) : "";
  }
}
