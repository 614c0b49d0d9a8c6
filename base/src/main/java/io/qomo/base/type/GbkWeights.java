package io.qomo.base.type;

import io.qomo.base.error.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The order of gbk_chinese_ci: ASCII without case, then symbols, then ideographs by their reading in
/// pinyin, then what GBK lacks.
///
/// `gbk.bin`, made by build/collation/GbkOrder.java, holds the characters of GBK in this order, 2 bytes
/// each. It is read when text beyond ASCII is first compared.
final class GbkWeights {
    private static final int FIRST = 0x80;
    private static final int OUTSIDE = 0x10000;

    private static final class Holder {
        static final char[] WEIGHTS = load();
    }

    private GbkWeights() {}

    private static char[] load() {
        try (InputStream in = GbkWeights.class.getResourceAsStream("gbk.bin")) {
            Check.that(in != null, "gbk.bin lies in the jar");
            byte[] bytes = in.readAllBytes();
            char[] weights = new char[0x10000];
            for (int i = 0; i < bytes.length; i += 2) {
                weights[(bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)] = (char) (FIRST + i / 2);
            }
            return weights;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The weight of a code point.
    static int of(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint >= 'a' && codePoint <= 'z' ? codePoint - 32 : codePoint;
        }
        int weight = codePoint > 0xFFFF ? 0 : Holder.WEIGHTS[codePoint];
        return weight != 0 ? weight : OUTSIDE + Math.min(codePoint, 0xFFFFF);
    }
}
