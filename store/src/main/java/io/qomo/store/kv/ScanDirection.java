package io.qomo.store.kv;

/// In which order a scan meets the keys; keys are compared as unsigned bytes.
public enum ScanDirection {
    /// Smallest key first.
    FORWARD,
    /// Greatest key first.
    REVERSE
}
