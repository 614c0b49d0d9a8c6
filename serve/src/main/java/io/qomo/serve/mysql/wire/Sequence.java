package io.qomo.serve.mysql.wire;

/// The sequence number that the next packet, in either direction, must carry. Owned by the connection's
/// thread.
public final class Sequence {
    private int next;

    /// A command begins: its packet carries 0.
    public void reset() {
        next = 0;
    }

    /// The next packet goes out in place of the answer to a command that has not come yet.
    public void anticipate() {
        next = 1;
    }

    int take() {
        int taken = next;
        next = (next + 1) & 0xFF;
        return taken;
    }

    int next() {
        return next;
    }

    void follow(int seen) {
        next = (seen + 1) & 0xFF;
    }
}
