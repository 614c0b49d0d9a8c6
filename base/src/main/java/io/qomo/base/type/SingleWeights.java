package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.util.function.IntUnaryOperator;

/// Collations in which every character has exactly one weight.
///
/// In sort keys a weight w takes the bytes of UTF-8 for w+2 below that of a space and w+4 above it; the three codes at
/// a space's place are its three relations (see [WeightTable#appendSpace]).
final class SingleWeights extends WeightTable {
    private final IntUnaryOperator weightOf;

    /// `weightOf` maps a code point to a weight, 0 to 0x10FFFF.
    SingleWeights(IntUnaryOperator weightOf) {
        this.weightOf = weightOf;
        fillAscii();
    }

    @Override
    int compute(int codePoint) {
        // A weight of 0 would mean ignorable, so all are one higher.
        return weightOf.applyAsInt(codePoint) + 1;
    }

    @Override
    void append(int weight, ByteBuilder out) {
        putCode(weight + (weight < space() ? 1 : weight > space() ? 3 : 2), out);
    }

    @Override
    void appendSpace(int relation, ByteBuilder out) {
        putCode(space() + 2 + relation, out);
    }

    private static void putCode(int code, ByteBuilder out) {
        // putCodePoint keeps its shape somewhat beyond the last code point, all the room that +4 needs.
        out.putCodePoint(code);
    }
}
