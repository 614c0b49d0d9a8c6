package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The weights of code points on one level of a collation: for each none (ignorable), one, or several (an expansion).
///
/// Weights are positive and sort as signed ints. ASCII lies in a plain array, always one weight or none; the rest is
/// computed page by page when first met, so a server that only sees ASCII pays nothing. Threads share a table: a page
/// is immutable once published, and computing one twice is harmless.
abstract class WeightTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;

    /// Weights of ASCII; 0 is ignorable.
    final int[] ascii = new int[128];

    private final AtomicReferenceArray<int @Nullable []> pages = new AtomicReferenceArray<>(0x110000 >> PAGE_BITS);

    /// The weight of a code point: 0 if it has none; negative if it has several, see [#expansion].
    final int weight(int codePoint) {
        int[] page = pages.getAcquire(codePoint >> PAGE_BITS);
        if (page == null) {
            page = load(codePoint >> PAGE_BITS);
        }
        return page[codePoint & (PAGE - 1)];
    }

    private int[] load(int number) {
        int[] page = new int[PAGE];
        for (int i = 0; i < PAGE; i++) {
            page[i] = compute((number << PAGE_BITS) + i);
        }
        pages.setRelease(number, page);
        return page;
    }

    /// To be called by the constructor of a subclass when [#compute] works for ASCII.
    final void fillAscii() {
        for (int c = 0; c < ascii.length; c++) {
            ascii[c] = compute(c);
        }
    }

    /// What [#weight] returns; called once or more per code point.
    abstract int compute(int codePoint);

    /// The weights of a code point whose [#weight] is negative.
    int[] expansion(int weight) {
        throw new IllegalStateException("no expansions here, weight " + weight);
    }

    /// Appends a weight in bytes that sort as the weights do, none a prefix of another, none 0 or 1.
    abstract void append(int weight, ByteBuilder out);

    /// Appends what stands, under PAD SPACE, for a space or the end of the string. `relation` says how the first
    /// following weight that is no space compares with a space: −1, 0 (there is none: the end), 1.
    abstract void appendSpace(int relation, ByteBuilder out);

    /// The weight of a space, the filler of PAD SPACE.
    final int space() {
        return ascii[' '];
    }
}
