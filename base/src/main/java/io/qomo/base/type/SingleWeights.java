package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;

/// Collations in which every character has exactly one weight.
///
/// In sort keys a weight takes the bytes UTF-8 would have for it, moved up so that the three relations of
/// a space (see [WeightTable#appendSpace]) find room at the space's place and that no byte is 0 or 1.
final class SingleWeights extends WeightTable {
    private final WeightTables.Single table;

    SingleWeights(WeightTables.Single table) {
        this.table = table;
        for (int c = 0; c < ascii.length; c++) {
            ascii[c] = weightsOf(c)[0];
        }
        fillAsciiCodes();
    }

    @Override
    int[] weightsOf(int codePoint) {
        // A weight of 0 would mean ignorable, so all are one higher.
        return new int[] {WeightTables.weight(table, codePoint) + 1};
    }

    @Override
    void append(int weight, ByteBuilder out) {
        out.putCodePoint(weight + (weight < space() ? 1 : weight > space() ? 3 : 2));
    }

    @Override
    void appendSpace(int relation, ByteBuilder out) {
        out.putCodePoint(space() + 2 + relation);
    }
}
