package dev.forebay.storage.memory;

import dev.forebay.control.Stores;
import dev.forebay.storage.StoreContract;

class MemoryStoresTest extends StoreContract {

  private final MemoryStores stores = new MemoryStores();

  @Override
  protected Stores stores() {
    return stores;
  }
}
