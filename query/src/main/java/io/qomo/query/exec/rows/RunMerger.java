package io.qomo.query.exec.rows;

import io.qomo.base.error.Check;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Goes over the rows of several sorted runs in order; among equal keys those of earlier runs come first.
final class RunMerger {
    private final PriorityQueue<Run> heap;
    private @Nullable Run current;

    RunMerger(SpillFile file, List<long[]> runs, List<SqlType> typesWithKey) {
        heap = new PriorityQueue<>(Math.max(1, runs.size()));
        for (int i = 0; i < runs.size(); i++) {
            Run run = new Run(i, file.read(runs.get(i)[0], runs.get(i)[1], typesWithKey));
            if (run.advance()) {
                heap.add(run);
            }
        }
    }

    /// Goes to the next row; false at the end.
    boolean advance() {
        Run last = current;
        if (last != null && last.advance()) {
            heap.add(last);
        }
        current = heap.poll();
        return current != null;
    }

    /// The batch of the present row, key last.
    Batch batch() {
        return present().batch();
    }

    /// The present row in its batch.
    int row() {
        return present().row;
    }

    private Run present() {
        Run run = current;
        if (run == null) {
            throw new IllegalStateException("no row");
        }
        return run;
    }

    private static final class Run implements Comparable<Run> {
        private final int number;
        private final SpillFile.Cursor cursor;
        private @Nullable Batch batch;
        private int row;

        Run(int number, SpillFile.Cursor cursor) {
            this.number = number;
            this.cursor = cursor;
        }

        Batch batch() {
            Batch b = batch;
            if (b == null) {
                throw new IllegalStateException("no batch");
            }
            return b;
        }

        boolean advance() {
            row++;
            if (batch == null || row >= batch.rows()) {
                batch = cursor.next();
                row = 0;
            }
            Check.that(batch == null || batch.rows() > 0, "a run has no empty batch");
            return batch != null;
        }

        @Override
        public int compareTo(Run other) {
            BytesVector a = (BytesVector) batch().column(batch().width() - 1);
            BytesVector b = (BytesVector) other.batch().column(other.batch().width() - 1);
            int order = Arrays.compareUnsigned(
                    a.base[row],
                    a.offset[row],
                    a.offset[row] + a.length[row],
                    b.base[other.row],
                    b.offset[other.row],
                    b.offset[other.row] + b.length[other.row]);
            return order != 0 ? order : Integer.compare(number, other.number);
        }
    }
}
