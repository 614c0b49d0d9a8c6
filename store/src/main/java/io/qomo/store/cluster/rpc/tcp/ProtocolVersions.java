package io.qomo.store.cluster.rpc.tcp;

/// The protocol versions that a node speaks.
///
/// @param lowest  at least 1
/// @param highest at most 65535
public record ProtocolVersions(int lowest, int highest) {
    /// What this code speaks.
    public static final ProtocolVersions SUPPORTED = new ProtocolVersions(1, 1);

    /// Checks the order.
    public ProtocolVersions {
        if (lowest < 1 || highest < lowest || highest > 0xFFFF) {
            throw new IllegalArgumentException("protocol versions " + lowest + " to " + highest);
        }
    }

    /// Whether there is a version that both speak.
    boolean meets(ProtocolVersions other) {
        return lowest <= other.highest && other.lowest <= highest;
    }

    @Override
    public String toString() {
        return lowest == highest ? Integer.toString(lowest) : lowest + " to " + highest;
    }
}
