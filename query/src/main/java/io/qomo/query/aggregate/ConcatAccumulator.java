package io.qomo.query.aggregate;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import io.qomo.query.expr.EvalContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// GROUP_CONCAT: the texts of a group, rows with a NULL left out, cut to group_concat_max_len bytes with warning
/// CUT_VALUE_GROUP_CONCAT.
final class ConcatAccumulator implements Accumulator {
    private final byte[] separator;
    private final EvalContext context;
    private final long maxBytes;
    private final boolean isText;
    private @Nullable ByteBuilder[] texts = new ByteBuilder[1];
    private boolean[] cut = new boolean[1];
    private long heapBytes;
    private long rowNumber;

    ConcatAccumulator(String separator, EvalContext context, long maxBytes, boolean isText) {
        this.separator = separator.getBytes(StandardCharsets.UTF_8);
        this.context = context;
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 64);
        this.isText = isText;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > texts.length) {
            int n = Math.max(groups, texts.length * 2);
            texts = Arrays.copyOf(texts, n);
            cut = Arrays.copyOf(cut, n);
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        for (int i = 0; i < rows; i++) {
            rowNumber++;
            if (!anyNull(arguments, i)) {
                int group = groupIds == null ? 0 : groupIds[i];
                if (!cut[group]) {
                    add(group, arguments, i);
                }
            }
        }
    }

    private static boolean anyNull(Vector[] arguments, int row) {
        for (Vector argument : arguments) {
            if (argument.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    private void add(int group, Vector[] arguments, int row) {
        ByteBuilder text = begin(group);
        int before = text.length();
        for (Vector argument : arguments) {
            BytesVector bytes = (BytesVector) argument;
            int i = bytes.at(row);
            text.put(bytes.base[i], bytes.offset[i], bytes.length[i]);
        }
        finish(group, text, before);
    }

    private ByteBuilder begin(int group) {
        ByteBuilder text = texts[group];
        if (text == null) {
            text = new ByteBuilder(32);
            texts[group] = text;
            heapBytes += 64;
        } else {
            text.put(separator);
        }
        return text;
    }

    private void finish(int group, ByteBuilder text, int before) {
        if (text.length() > maxBytes) {
            int end = (int) maxBytes;
            byte[] bytes = text.array();
            // Not within a character: bytes 10xxxxxx continue one.
            while (isText && end > 0 && (bytes[end] & 0xC0) == 0x80) {
                end--;
            }
            text.setLength(end);
            cut[group] = true;
            context.warn(ErrorCode.CUT_VALUE_GROUP_CONCAT, rowNumber);
        }
        heapBytes += Math.max(text.length() - before, 0);
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        ConcatAccumulator from = (ConcatAccumulator) other;
        for (int i = 0; i < groups; i++) {
            ByteBuilder theirs = from.texts[i];
            int group = groupIds[i];
            if (theirs != null && !cut[group]) {
                ByteBuilder mine = begin(group);
                int before = mine.length();
                mine.put(theirs);
                finish(group, mine, before);
            }
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            ByteBuilder text = texts[from + i];
            if (text == null) {
                out.setNull(i);
            } else {
                ((BytesVector) out).set(i, text.toBytes());
            }
        }
    }

    @Override
    public long sizeBytes() {
        return 9L * texts.length + heapBytes;
    }

    @Override
    public void reset() {
        Arrays.fill(texts, null);
        Arrays.fill(cut, false);
        heapBytes = 0;
    }
}
