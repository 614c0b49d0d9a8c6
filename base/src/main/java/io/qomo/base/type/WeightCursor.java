package io.qomo.base.type;

/// Walks over the weights of a string on one level, ignorable characters left out.
final class WeightCursor {
    /// What [#next] returns at the end.
    static final int END = 0;

    private static final int[] NONE = {};

    private final WeightTable table;
    private final byte[] bytes;
    private final int end;
    private int at;
    private int[] pending = NONE;
    private int pendingAt;

    WeightCursor(WeightTable table, byte[] bytes, int at, int end) {
        this.table = table;
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /// The next weight, or [#END].
    int next() {
        if (pendingAt < pending.length) {
            int weight = pending[pendingAt];
            pendingAt++;
            return weight;
        }
        while (at < end) {
            int b = bytes[at];
            int weight;
            if (b >= 0) {
                weight = table.ascii[b];
                at++;
            } else {
                weight = table.weight(Utf8.codePointAt(bytes, at, end));
                at += Utf8.charLength(bytes, at, end);
            }
            if (weight > 0) {
                return weight;
            }
            if (weight < 0) {
                pending = table.expansion(weight);
                pendingAt = 1;
                return pending[0];
            }
        }
        return END;
    }
}
