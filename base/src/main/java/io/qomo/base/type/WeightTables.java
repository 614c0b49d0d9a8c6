package io.qomo.base.type;

/// The weight tables of each collation, one per level; none where bytes are compared.
final class WeightTables {
    private static final WeightTable[] BYTES = {};
    private static final WeightTable[][] BY_COLLATION = new WeightTable[Collation.values().length][];

    static {
        WeightTable[] general = {new SingleWeights(FoldedWeights::general)};
        for (Collation c : Collation.values()) {
            BY_COLLATION[c.ordinal()] = c.algorithm() == Collation.Algorithm.BYTES ? BYTES : general;
        }
    }

    private WeightTables() {}

    static WeightTable[] of(Collation collation) {
        return BY_COLLATION[collation.ordinal()];
    }
}
