package io.qomo.serve.meta;

/// Learns of changes of what all nodes remember of the store, once they are durable. Any thread.
@FunctionalInterface
public interface ChangeListener {
    /// Nobody else remembers anything.
    ChangeListener NONE = subject -> {};

    /// What was changed.
    enum Subject {
        SCHEMA,
        ACCOUNTS,
        STATISTICS
    }

    /// When this returns all nodes know. Error GROUP_UNAVAILABLE.
    void changed(Subject subject);
}
