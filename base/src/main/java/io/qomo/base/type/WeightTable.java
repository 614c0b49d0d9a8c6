package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The weights of code points on one level of a collation: for each none (ignorable), one, or several (an
/// expansion).
///
/// Weights are positive and sort as signed ints. ASCII lies in a plain array, always one weight or none;
/// the rest is computed page by page when first met, so a server that only sees ASCII pays nothing.
/// Threads share a table: a page is immutable once published, and computing one twice is harmless.
abstract class WeightTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;

    /// 256 code points: their weights, and where a weight is negative their expansions.
    private record Page(int[] weights, int[][] expansions) {}

    /// Weights of ASCII; 0 is ignorable.
    final int[] ascii = new int[128];
    /// What [#append] writes for ASCII where it is one byte; 0 where it is not.
    final byte[] asciiCodes = new byte[128];

    private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(0x110000 >> PAGE_BITS);

    /// The weight of a code point: 0 if it has none; negative if it has several, see [#expansion].
    final int weight(int codePoint) {
        Page page = pages.getAcquire(codePoint >> PAGE_BITS);
        if (page == null) {
            page = load(codePoint >> PAGE_BITS);
        }
        return page.weights[codePoint & (PAGE - 1)];
    }

    /// The weights of a code point whose [#weight] is negative. The array is shared.
    final int[] expansion(int weight) {
        int codePoint = -1 - weight;
        Page page = pages.getAcquire(codePoint >> PAGE_BITS);
        if (page == null) {
            page = load(codePoint >> PAGE_BITS);
        }
        return page.expansions[codePoint & (PAGE - 1)];
    }

    private Page load(int number) {
        Page page = new Page(new int[PAGE], new int[PAGE][]);
        for (int i = 0; i < PAGE; i++) {
            int codePoint = (number << PAGE_BITS) + i;
            int[] weights = weightsOf(codePoint);
            if (weights.length == 1) {
                page.weights[i] = weights[0];
            } else if (weights.length > 1) {
                page.weights[i] = -1 - codePoint;
                page.expansions[i] = weights;
            }
        }
        pages.setRelease(number, page);
        return page;
    }

    /// To be called once [#ascii] is filled.
    final void fillAsciiCodes() {
        ByteBuilder code = new ByteBuilder();
        for (int c = 0; c < asciiCodes.length; c++) {
            if (ascii[c] != 0) {
                append(ascii[c], code.clear());
                asciiCodes[c] = code.length() == 1 ? code.array()[0] : 0;
            }
        }
    }

    /// All weights of a code point; called once or more for each.
    abstract int[] weightsOf(int codePoint);

    /// Appends a weight in bytes that sort as the weights do, none a prefix of another, none 0 or 1.
    abstract void append(int weight, ByteBuilder out);

    /// Appends what stands, under PAD SPACE, for a space or the end of the string. `relation` says how
    /// the first following weight that is no space compares with a space: −1, 0 (there is none: the end),
    /// 1.
    abstract void appendSpace(int relation, ByteBuilder out);

    /// The weight of a space, the filler of PAD SPACE.
    final int space() {
        return ascii[' '];
    }
}
