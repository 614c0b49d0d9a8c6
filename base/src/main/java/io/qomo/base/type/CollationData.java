package io.qomo.base.type;

import io.qomo.base.error.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/// The tables behind the Unicode collations, read from `collation.bin` when text beyond ASCII is first compared.
///
/// ```
/// collation.bin, made by build/collation/make_tables.py; all numbers are LEB128
///   "QCW1"
///   primaries, ids                     counts; ids above primaries only exist in UCA 4 and 5
///   per primary                        weight under UCA 9, as difference to the one before
///   per id                             weight under UCA 4 and 5
///   characters                         count, then per character in order:
///     difference to the one before
///     age + 3 · elements               age: 0, 1, 2 since Unicode 4.0, 5.2, 9.0
///     per element                      primary id (0 none; 20000h + c: implicit, of code point c), secondary, tertiary
///   overrides                          count, then per character whose weights differ under older versions:
///     code point, age + 2 · elements   age: 0 only in UCA 4, 1 in UCA 4 and 5
///     per element                      primary id
///   folds                              count, then per character of utf8mb4_general_ci:
///     difference to the one before, weight
/// ```
final class CollationData {
    /// Primary ids from here on are implicit weights.
    static final int IMPLICIT = 0x20000;

    /// What a character's collation elements are.
    ///
    /// @param age 0, 1, 2: in Unicode since 4.0, 5.2, 9.0
    /// @param elements triples of primary id, secondary, tertiary
    record Entry(int age, int[] elements) {}

    private final byte[] bytes;
    private int at;
    private final int[] weights;
    private final int[] legacyWeights;
    private final Map<Integer, Entry> entries;
    private final Map<Integer, Entry> overrides = new HashMap<>();
    private final char[] folds = new char[0x10000];

    private static final class Holder {
        static final CollationData DATA = new CollationData(load());
    }

    private CollationData(byte[] content) {
        bytes = content;
        Check.that(content.length > 4 && content[0] == 'Q' && content[3] == '1', "collation.bin is of version 1");
        at = 4;
        int primaries = next();
        int ids = next();
        weights = new int[primaries + 1];
        legacyWeights = new int[ids + 1];
        for (int i = 1; i <= primaries; i++) {
            weights[i] = weights[i - 1] + next();
        }
        for (int i = 1; i <= ids; i++) {
            legacyWeights[i] = next();
        }
        entries = readEntries();
        readOverrides();
        readFolds();
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

    private int next() {
        int value = 0;
        int shift = 0;
        while (bytes[at] < 0) {
            value |= (bytes[at] & 0x7F) << shift;
            shift += 7;
            at++;
        }
        value |= bytes[at] << shift;
        at++;
        return value;
    }

    private Map<Integer, Entry> readEntries() {
        int count = next();
        Map<Integer, Entry> result = HashMap.newHashMap(count);
        int codePoint = 0;
        for (int i = 0; i < count; i++) {
            codePoint += next();
            int head = next();
            int[] elements = new int[head / 3 * 3];
            for (int k = 0; k < elements.length; k++) {
                elements[k] = next();
            }
            result.put(codePoint, new Entry(head % 3, elements));
        }
        return result;
    }

    private void readOverrides() {
        int count = next();
        for (int i = 0; i < count; i++) {
            int codePoint = next();
            int head = next();
            int[] elements = new int[head / 2 * 3];
            for (int k = 0; k < elements.length; k += 3) {
                elements[k] = next();
            }
            overrides.put(codePoint, new Entry(head % 2, elements));
        }
    }

    private void readFolds() {
        for (int i = 0; i < folds.length; i++) {
            folds[i] = (char) (i >= 'a' && i <= 'z' ? i - 32 : i);
        }
        int count = next();
        int codePoint = 0;
        for (int i = 0; i < count; i++) {
            codePoint += next();
            folds[codePoint] = (char) next();
        }
        Check.that(at == bytes.length, "collation.bin ends where its counts say");
    }

    /// The weight of a code point in utf8mb4_general_ci.
    int fold(int codePoint) {
        return codePoint < folds.length ? folds[codePoint] : Utf8.REPLACEMENT;
    }

    /// Triples of primary weight (not id), secondary, tertiary of a code point that the version of an age (0, 1, 2)
    /// lists; empty array if all are ignorable, null if it does not list it.
    @org.jspecify.annotations.Nullable Entry entry(int codePoint, int age) {
        Entry override = age < 2 ? overrides.get(codePoint) : null;
        if (override != null && override.age >= age) {
            return override;
        }
        Entry entry = entries.get(codePoint);
        return entry == null || entry.age > age ? null : entry;
    }

    /// The weight of a primary id in the version of an age.
    int weight(int primaryId, int age) {
        return age < 2 ? legacyWeights[primaryId] : weights[primaryId];
    }
}
