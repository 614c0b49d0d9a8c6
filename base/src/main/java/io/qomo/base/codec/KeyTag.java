package io.qomo.base.codec;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;

/// The first byte of every key part: what it is, and in which direction it sorts.
///
/// ```
/// 0x05        NULL, below everything
/// 0x47..0x4F  a negative integer of 8..0 further bytes
/// 0x50..0x58  an integer from 0 up, of 0..8 further bytes (signed and unsigned ones sort together)
/// 0x46, 0x59  below and above all integers, in bounds only
/// 0x60        double, 8 bytes
/// 0x70        decimal
/// 0x80        bytes
/// 0x90        sort key of a collated string or of JSON (cannot be decoded)
/// ```
/// A descending part is the ascending one with every bit flipped, tag included; the two sets of tags do not
/// meet, so a key can be cut into parts without its schema.
final class KeyTag {
    static final int NULL = 0x05;
    static final int INT_ZERO = 0x50;
    /// Below and above all integers: of no key that is stored, but of bounds.
    static final int BELOW_INTEGERS = INT_ZERO - 10;

    static final int ABOVE_INTEGERS = INT_ZERO + 9;
    static final int DOUBLE = 0x60;
    static final int DECIMAL = 0x70;
    static final int BYTES = 0x80;
    static final int COLLATED = 0x90;

    /// Ends bytes and sort keys; below every escaped byte.
    static final int END = 0x00;
    /// Escapes a 0 as `01 01` and a 1 as `01 02`.
    static final int ESCAPE = 0x01;

    private KeyTag() {}

    static boolean isInteger(int tag) {
        return tag >= INT_ZERO - 9 && tag <= INT_ZERO + 8;
    }

    /// True for a tag whose part is stored with its bits flipped.
    static boolean isDescending(int tag) {
        return switch (tag) {
            case 0xFF - NULL, 0xFF - DOUBLE, 0xFF - DECIMAL, 0xFF - BYTES, 0xFF - COLLATED -> true;
            default -> isInteger(0xFF - tag);
        };
    }

    /// True where the bits of a LONG are an unsigned number.
    static boolean isUnsigned(SqlType type) {
        return type.unsigned() || type.kind() == TypeKind.BIT || type.kind() == TypeKind.SET;
    }

    /// True where strings of the collation sort as their bytes do.
    static boolean sortsAsBytes(Collation collation) {
        return collation.algorithm() == Collation.Algorithm.BYTES && !collation.padSpace();
    }
}
