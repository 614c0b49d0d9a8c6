package io.qomo.base.type;

import io.qomo.base.error.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The tables behind the Unicode collations, read from `collation.bin` when text beyond ASCII is first
/// compared.
///
/// ```
/// collation.bin, made by build/collation/make_tables.py; numbers are big-endian and unparsed until looked up
///   "QCW1"
///   counts, 4 bytes each: primaries, ids, characters, overrides, folds; ids above primaries only in UCA 4 and 5
///   per primary id, from 1    4 bytes  weight under UCA 9
///   per id, from 1            4 bytes  weight under UCA 4 and 5
///   per character, in order   1 byte age: 0, 1, 2 since Unicode 4.0, 5.2, 9.0; 3 bytes code point
///                             4 bytes  offset of its elements; one entry more at the end
///   per override, in order    1 byte age: 0 only in UCA 4, 1 in UCA 4 and 5; 3 bytes code point
///                             4 bytes  primary id, 4 bytes another or 0
///   per fold, in order        2 bytes code point, 2 bytes its weight in utf8mb4_general_ci
///   per element               3 bytes primary id (0 none; 20000h + c: implicit, of code point c),
///                             2 bytes secondary, 1 byte tertiary
/// ```
final class CollationData {
    private static final int IMPLICIT = 0x20000;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEADER = 24;
    private static final int ELEMENT = 6;
    private static final int[] IGNORED = {};

    private final byte[] bytes;
    private final int characters;
    private final int overrides;
    private final int folds;
    private final int weightsAt;
    private final int legacyWeightsAt;
    private final int charactersAt;
    private final int overridesAt;
    private final int foldsAt;
    private final int elementsAt;

    private static final class Holder {
        static final CollationData DATA = new CollationData(load());
    }

    private CollationData(byte[] content) {
        bytes = content;
        Check.that(content.length > HEADER && number(0) == 0x51435731, "collation.bin is of version 1");
        characters = number(12);
        overrides = number(16);
        folds = number(20);
        weightsAt = HEADER - 4;
        legacyWeightsAt = weightsAt + 4 * number(4);
        charactersAt = legacyWeightsAt + 4 * number(8) + 4;
        overridesAt = charactersAt + 8 * characters + 8;
        foldsAt = overridesAt + 12 * overrides;
        elementsAt = foldsAt + 4 * folds;
        int end = elementsAt + number(charactersAt + 8 * characters + 4);
        Check.that(end == content.length, "collation.bin ends where its counts say");
    }

    /// The tables, read on first use.
    static CollationData get() {
        return Holder.DATA;
    }

    private static byte[] load() {
        try (InputStream in = CollationData.class.getResourceAsStream("collation.bin")) {
            Check.that(in != null, "collation.bin lies in the jar");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int number(int at) {
        return (int) INT.get(bytes, at);
    }

    /// The weight of a code point in utf8mb4_general_ci.
    int fold(int codePoint) {
        if (codePoint > 0xFFFF) {
            return Utf8.REPLACEMENT;
        }
        int low = 0;
        int high = folds - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int fold = number(foldsAt + 4 * middle);
            int found = fold >>> 16;
            if (found == codePoint) {
                return fold & 0xFFFF;
            }
            if (found < codePoint) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return codePoint;
    }

    /// The index of a code point in a list of entries, or −1.
    private int find(int codePoint, int listAt, int entryBytes, int count) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = number(listAt + entryBytes * middle) & 0xFF_FFFF;
            if (found == codePoint) {
                return middle;
            }
            if (found < codePoint) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// The elements of a code point in the version of an age (0, 1, 2): triples of primary weight (−1 − c
    /// for the implicit weight of code point c), secondary, tertiary. Null if that version does not list
    /// it.
    int @org.jspecify.annotations.Nullable [] elements(int codePoint, int age) {
        if (age < 2) {
            int index = find(codePoint, overridesAt, 12, overrides);
            int at = overridesAt + 12 * index;
            if (index >= 0 && bytes[at] >= age) {
                int second = number(at + 8);
                int first = weight(number(at + 4), age);
                return second == 0 ? new int[] {first, 0, 0} : new int[] {first, 0, 0, weight(second, age), 0, 0};
            }
        }
        int index = find(codePoint, charactersAt, 8, characters);
        int at = charactersAt + 8 * index;
        if (index < 0 || bytes[at] > age) {
            return null;
        }
        int from = elementsAt + number(at + 4);
        int count = (elementsAt + number(at + 12) - from) / ELEMENT;
        int[] result = count == 0 ? IGNORED : new int[3 * count];
        for (int i = 0; i < count; i++) {
            int element = from + ELEMENT * i;
            result[3 * i] = weight(number(element) >>> 8, age);
            result[3 * i + 1] = (short) SHORT.get(bytes, element + 3);
            result[3 * i + 2] = bytes[element + 5];
        }
        return result;
    }

    private int weight(int id, int age) {
        if (id == 0) {
            return 0;
        }
        return id >= IMPLICIT ? IMPLICIT - 1 - id : number((age < 2 ? legacyWeightsAt : weightsAt) + 4 * id);
    }
}
