package io.qomo.store.kv.rocksdb;

/// A piece of native memory that grows and is reused. Owned by one thread at a time.
final class Scratch implements AutoCloseable {
    private long address;
    private long capacity;

    Scratch(long capacity) {
        this.capacity = Math.max(Long.BYTES, capacity);
        this.address = Binding.allocate(this.capacity);
    }

    /// Address of at least `bytes` bytes, 8-aligned; the content is lost when it has to grow.
    long address(long bytes) {
        if (bytes > capacity) {
            Binding.free(address);
            address = 0;
            capacity = Math.max(bytes, capacity * 2);
            address = Binding.allocate(capacity);
        }
        return address;
    }

    /// Copies the beginning of `source` into it and returns the address.
    long hold(byte[] source, int length) {
        long target = address(length);
        Binding.write(target, source, length);
        return target;
    }

    /// Bytes it takes.
    long capacity() {
        return capacity;
    }

    @Override
    public void close() {
        Binding.free(address);
        address = 0;
        capacity = 0;
    }
}
