package io.qomo.base.type;

import java.text.Normalizer;

/// Weights of `…_general_ci`: the code point of the upper-case letter without its accents.
final class FoldedWeights {
    private FoldedWeights() {}

    static int general(int codePoint) {
        if (codePoint >= 0x10000) {
            return Utf8.REPLACEMENT;
        }
        if (codePoint < 0x80) {
            return codePoint >= 'a' && codePoint <= 'z' ? codePoint - 32 : codePoint;
        }
        int upper = Character.toUpperCase(codePoint);
        if (upper >= 0x10000 || Character.isSurrogate((char) codePoint)) {
            return codePoint;
        }
        return Normalizer.normalize(Character.toString(upper), Normalizer.Form.NFD)
                .codePointAt(0);
    }
}
