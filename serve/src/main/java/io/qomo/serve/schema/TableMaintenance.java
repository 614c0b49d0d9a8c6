package io.qomo.serve.schema;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.RowEncoder;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.statistics.StatisticsCollector;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// What ANALYZE, CHECK and CHECKSUM TABLE do with one table. Each reads one snapshot, and others go on writing.
public final class TableMaintenance {
    private static final int MAX_FAULTS = 10;

    private final DdlSession session;
    private final TableDef table;

    /// For a table of the session's schema.
    public TableMaintenance(DdlSession session, TableDef table) {
        this.session = session;
        this.table = table;
    }

    /// Counts rows and values.
    public TableStatistics statistics() {
        StatisticsCollector collector = new StatisticsCollector(table, table.id());
        try (Transaction transaction = begin()) {
            new TableReader(session, table).read(transaction, (batch, _) -> collector.add(batch));
        }
        return collector.finish(0);
    }

    /// A number that is the same for tables with the same rows, whatever their order.
    public long checksum() {
        long[] sum = new long[1];
        int columns = table.columns().size();
        KeyWriter writer = new KeyWriter();
        CRC32 crc = new CRC32();
        try (Transaction transaction = begin()) {
            new TableReader(session, table).read(transaction, (batch, _) -> {
                for (int r = 0; r < batch.rows(); r++) {
                    crc.reset();
                    for (int c = 0; c < columns; c++) {
                        Vector value = batch.column(c);
                        writer.clear();
                        if (value instanceof BytesVector bytes && !bytes.isNull(r)) {
                            writer.writeBytes(
                                    bytes.base[bytes.at(r)],
                                    bytes.offset[bytes.at(r)],
                                    bytes.length[bytes.at(r)],
                                    false);
                        } else {
                            writer.writeValue(value, r, false);
                        }
                        crc.update(writer.array(), 0, writer.length());
                    }
                    sum[0] += crc.getValue();
                }
            });
        }
        return sum[0] & 0xFFFFFFFFL;
    }

    /// What is wrong with the table; empty if rows can be read and every index has exactly the entries of the rows.
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        List<IndexDef> indexes = table.indexes().stream()
                .filter(i -> !i.isPrimary() && i.state() == IndexDef.State.PUBLIC)
                .toList();
        try (Transaction transaction = begin()) {
            TableLayout layout = new TableLayout(table);
            RowEncoder encoder = new RowEncoder(layout);
            Vector[] row = new Vector[table.columns().size()];
            long[] rows = new long[1];
            new TableReader(session, table).read(transaction, (batch, _) -> {
                rows[0] += batch.rows();
                for (int c = 0; c < row.length; c++) {
                    row[c] = batch.column(c);
                }
                for (IndexDef index : indexes) {
                    entries(layout.index(index.id()), encoder, row, batch, transaction, faults);
                }
            });
            for (IndexDef index : indexes) {
                long found = count(layout.index(index.id()), transaction);
                if (found != rows[0]) {
                    faults.add("Index '" + index.name() + "' contains " + found + " entries, should be " + rows[0]);
                }
            }
        } catch (SqlException e) {
            if (e.code().kind() != io.qomo.base.error.ErrorCode.Kind.INTERNAL) {
                throw e;
            }
            faults.add(String.valueOf(e.getMessage()));
        }
        return faults.subList(0, Math.min(MAX_FAULTS, faults.size()));
    }

    private void entries(
            IndexLayout index,
            RowEncoder encoder,
            Vector[] row,
            Batch batch,
            Transaction transaction,
            List<String> faults) {
        BytesVector handles = (BytesVector) batch.column(row.length);
        for (int r = 0; r < batch.rows() && faults.size() < MAX_FAULTS; r++) {
            byte[] handle = handles.get(r);
            byte[] entry = transaction.get(encoder.entryKey(index, row, r, handle));
            if (entry == null) {
                faults.add("Index '" + index.index().name() + "' lacks the entry of a row");
            } else if (!Arrays.equals(entry, RowEncoder.entryValue(index, row, r, handle))) {
                faults.add("Index '" + index.index().name() + "' has an entry that belongs to another row");
            }
        }
    }

    private long count(IndexLayout index, Transaction transaction) {
        long n = 0;
        try (KvCursor cursor =
                transaction.scan(index.prefix(), index.end(), ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
            while (cursor.next()) {
                n++;
                if ((n & 0xFFF) == 0) {
                    session.checkInterrupted();
                }
            }
        }
        return n;
    }

    private Transaction begin() {
        Transaction transaction = session.begin(true);
        transaction.startStatement();
        return transaction;
    }
}
