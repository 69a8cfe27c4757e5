package tokenly.store;

import tokenly.session.Store;

class MemoryStoreTest extends StoreContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
