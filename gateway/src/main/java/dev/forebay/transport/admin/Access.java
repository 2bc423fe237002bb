package dev.forebay.transport.admin;

import java.util.Set;

/// Who may make a call.
///
/// What a call does for whom is decided further in as well (a member sees their own client keys
/// only); this table is the first door and the one that a test walks through.
enum Access {
  /// Anybody who reaches the port.
  ANYONE,
  /// Everybody who is signed in.
  MEMBER,
  /// Owners and admins.
  MANAGER;

  private static final Set<String> OPEN =
      Set.of("getSession", "signIn", "signInByLink", "setUp", "acceptInvitation");

  private static final Set<String> MEMBERS =
      Set.of(
          "signOut",
          "editAccount",
          "changePassword",
          "listSessions",
          "revokeSession",
          "revokeOtherSessions",
          "listTokens",
          "createToken",
          "revokeToken",
          "streamEvents",
          "listClientKeys",
          "createClientKey",
          "editClientKey",
          "revokeClientKey",
          "getUsage",
          "exportUsage",
          "searchRequests",
          "getRequest",
          "listModels");

  /// What the table says of a call; one that it does not name is for managers.
  static Access of(String operationId) {
    return OPEN.contains(operationId) ? ANYONE : MEMBERS.contains(operationId) ? MEMBER : MANAGER;
  }
}
