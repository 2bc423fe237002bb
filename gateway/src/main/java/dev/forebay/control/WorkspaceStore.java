package dev.forebay.control;

import java.util.List;

/// Where workspaces live. A fresh store holds one, [Workspace#DEFAULT]. Thread-safe; may block.
public interface WorkspaceStore {

  /// All workspaces, ordered by id.
  List<Workspace> workspaces();

  /// Adds the workspace, or replaces the one with its id.
  void put(Workspace workspace);
}
