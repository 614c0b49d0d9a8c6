package io.qomo.store.kv.memory;

import io.qomo.store.kv.KvCursor;
import java.util.Iterator;
import java.util.Map;

/// Walks the values visible at a timestamp.
final class VersionCursor implements KvCursor {
    private static final byte[] NONE = {};

    private final Iterator<Map.Entry<byte[], Version>> entries;
    private final long timestamp;
    private byte[] key = NONE;
    private byte[] value = NONE;

    VersionCursor(Iterator<Map.Entry<byte[], Version>> entries, long timestamp) {
        this.entries = entries;
        this.timestamp = timestamp;
    }

    @Override
    public boolean next() {
        while (entries.hasNext()) {
            Map.Entry<byte[], Version> entry = entries.next();
            Version version = Version.visible(entry.getValue(), timestamp);
            if (version != null && version.value != null) {
                key = entry.getKey();
                value = version.value;
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] keyBuffer() {
        return key;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return key.length;
    }

    @Override
    public byte[] valueBuffer() {
        return value;
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return value.length;
    }

    @Override
    public void close() {}
}
