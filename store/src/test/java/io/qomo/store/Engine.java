package io.qomo.store;

import io.qomo.base.env.Env;
import java.nio.file.Path;
import java.time.Duration;

/// The storage engines that tests of the whole store run on.
public enum Engine {
    MEMORY,
    DISK;

    /// An open store on this engine, small and without waiting for the disk.
    public Store open(Path parent, Env env) {
        StoreOptions options = new StoreOptions(8 << 20, 4 << 20, 2, false, Duration.ofMinutes(10), 1L << 28);
        return open(parent, env, options);
    }

    /// As [#open(Path, Env)] with options.
    public Store open(Path parent, Env env, StoreOptions options) {
        return switch (this) {
            case MEMORY -> Store.inMemory(options, env);
            case DISK -> Store.open(parent.resolve("data"), options, env);
        };
    }
}
