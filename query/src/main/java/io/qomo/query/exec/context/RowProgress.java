package io.qomo.query.exec.context;

/// The rows of an INSERT as they are written, where it is one of several that do one work: LOAD DATA.
public interface RowProgress {
    /// A statement by itself.
    RowProgress ALONE = new RowProgress() {
        @Override
        public long before() {
            return 0;
        }

        @Override
        public void done(long row) {
            // nobody waits for it
        }
    };

    /// The rows that were there before the statement's first one, for the numbers that messages tell.
    long before();

    /// The statement is through with a row, which it wrote or left out; rows come in order, from 1.
    void done(long row);
}
