package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the keys of one workspace or project see of an account's stored things. Event loop only.
record StorageShelf(Archive<StoredThing> things, String section) {

  static StorageShelf of(Call call) {
    return new StorageShelf(call.account().things(), call.key().section());
  }

  void put(String kind, String id, ObjectNode json, byte[] content) {
    things.put(id, new StoredThing(kind, section, json, content));
  }

  @Nullable StoredThing find(String kind, String id) {
    StoredThing thing = things.get(id);
    return thing != null && thing.kind().equals(kind) && thing.section().equals(section)
        ? thing
        : null;
  }

  boolean remove(String kind, String id) {
    return find(kind, id) != null && things.remove(id) != null;
  }

  /// Everything of a kind, the latest first.
  List<ObjectNode> all(String kind) {
    List<ObjectNode> all = new ArrayList<>();
    for (StoredThing thing : things.values()) {
      if (thing.kind().equals(kind) && thing.section().equals(section)) {
        all.addFirst(thing.json());
      }
    }
    return all;
  }

  /// A page of a list, as Anthropic and OpenAI have it.
  ///
  /// @param after the id of the element before the page; empty for the first page
  ObjectNode page(String kind, String after, int limit) {
    List<ObjectNode> all = all(kind);
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      if (JsonText.string(all.get(i), "id").equals(after)) {
        from = i + 1;
      }
    }
    List<ObjectNode> page = all.subList(from, Math.min(all.size(), from + limit));
    ArrayNode data = JsonText.array();
    page.forEach(data::add);
    ObjectNode list = JsonText.object();
    list.set("data", data);
    list.put("first_id", page.isEmpty() ? null : JsonText.string(page.getFirst(), "id"));
    list.put("last_id", page.isEmpty() ? null : JsonText.string(page.getLast(), "id"));
    return list.put("has_more", from + page.size() < all.size());
  }
}
