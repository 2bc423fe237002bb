package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.ClientType;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.ServiceAccount;
import dev.forebay.simulator.GoogleSpec.User;

/// Reads the section `google` of a specification.
final class GoogleSpecReader {

  private GoogleSpecReader() {}

  static GoogleSpec read(JsonNode node, String path) {
    StrictNode fields =
        StrictNode.of(
            node, path, "projects", "clients", "accounts", "serviceAccounts", "accessTokenLife");
    return SpecReader.at(
        path,
        () ->
            new GoogleSpec(
                fields.list("projects", GoogleSpecReader::project),
                fields.list("clients", GoogleSpecReader::client),
                fields.list("accounts", GoogleSpecReader::user),
                fields.list("serviceAccounts", GoogleSpecReader::serviceAccount),
                fields.duration("accessTokenLife", GoogleSpec.NONE.accessTokenLife())));
  }

  private static Project project(JsonNode node, String path) {
    StrictNode fields = StrictNode.of(node, path, "id", "number", "name", "apiEnabled");
    String id = fields.text("id");
    return new Project(
        id, fields.text("number"), fields.text("name", id), fields.flag("apiEnabled", true));
  }

  private static Client client(JsonNode node, String path) {
    StrictNode fields =
        StrictNode.of(
            node,
            path,
            "id",
            "secret",
            "type",
            "redirectUris",
            "testing",
            "projectListing",
            "name");
    return SpecReader.at(
        path,
        () ->
            new Client(
                fields.text("id"),
                fields.text("secret"),
                fields.has("type") ? fields.constant("type", ClientType.class) : ClientType.WEB,
                fields.list("redirectUris", StrictNode::element),
                fields.flag("testing"),
                fields.flag("projectListing", true),
                fields.text("name", "Forebay")));
  }

  private static User user(JsonNode node, String path) {
    StrictNode fields = StrictNode.of(node, path, "email", "name", "projects", "refreshToken");
    String email = fields.text("email");
    return SpecReader.at(
        path,
        () ->
            new User(
                email,
                fields.text("name", email),
                fields.list("projects", StrictNode::element),
                fields.textOrNull("refreshToken")));
  }

  private static ServiceAccount serviceAccount(JsonNode node, String path) {
    StrictNode fields = StrictNode.of(node, path, "email", "project");
    return new ServiceAccount(fields.text("email"), fields.text("project"));
  }
}
