package io.qomo.store.kv.rocksdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/// The C functions that open, close and maintain a database. Conventions as in [RocksCalls].
final class RocksSetup {
    private static final MethodHandle CREATE_OPTIONS = Binding.function("rocksdb_options_create", JAVA_LONG);
    private static final MethodHandle DESTROY_OPTIONS = Binding.action("rocksdb_options_destroy", JAVA_LONG);
    private static final MethodHandle PARSE_OPTIONS =
            Binding.action("rocksdb_get_options_from_string", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_TABLE_OPTIONS =
            Binding.action("rocksdb_options_set_block_based_table_factory", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_WRITE_BUFFER_MANAGER =
            Binding.action("rocksdb_options_set_write_buffer_manager", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CREATE_TABLE_OPTIONS =
            Binding.function("rocksdb_block_based_options_create", JAVA_LONG);
    private static final MethodHandle DESTROY_TABLE_OPTIONS =
            Binding.action("rocksdb_block_based_options_destroy", JAVA_LONG);
    private static final MethodHandle SET_BLOCK_BYTES =
            Binding.action("rocksdb_block_based_options_set_block_size", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_BLOCK_CACHE =
            Binding.action("rocksdb_block_based_options_set_block_cache", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_FILTER_POLICY =
            Binding.action("rocksdb_block_based_options_set_filter_policy", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_CACHE_INDEX_AND_FILTER =
            Binding.action("rocksdb_block_based_options_set_cache_index_and_filter_blocks", JAVA_LONG, JAVA_BYTE);
    private static final MethodHandle SET_INDEX_HAS_HIGH_PRIORITY = Binding.action(
            "rocksdb_block_based_options_set_cache_index_and_filter_blocks_with_high_priority", JAVA_LONG, JAVA_BYTE);
    private static final MethodHandle SET_PIN_LEVEL_ZERO = Binding.action(
            "rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache", JAVA_LONG, JAVA_BYTE);
    private static final MethodHandle SET_FORMAT_VERSION =
            Binding.action("rocksdb_block_based_options_set_format_version", JAVA_LONG, JAVA_INT);
    private static final MethodHandle CREATE_BLOOM_FILTER =
            Binding.function("rocksdb_filterpolicy_create_bloom_full", JAVA_LONG, JAVA_DOUBLE);
    private static final MethodHandle CREATE_CACHE =
            Binding.function("rocksdb_cache_create_hyper_clock", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle DESTROY_CACHE = Binding.action("rocksdb_cache_destroy", JAVA_LONG);
    private static final MethodHandle CREATE_WRITE_OPTIONS = Binding.function("rocksdb_writeoptions_create", JAVA_LONG);
    private static final MethodHandle DESTROY_WRITE_OPTIONS = Binding.action("rocksdb_writeoptions_destroy", JAVA_LONG);
    private static final MethodHandle SET_SYNC = Binding.action("rocksdb_writeoptions_set_sync", JAVA_LONG, JAVA_BYTE);
    private static final MethodHandle OPEN = Binding.function(
            "rocksdb_open_column_families",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle FAMILY_ID =
            Binding.function("rocksdb_column_family_handle_get_id", JAVA_INT, JAVA_LONG);
    private static final MethodHandle DESTROY_FAMILY =
            Binding.action("rocksdb_column_family_handle_destroy", JAVA_LONG);
    private static final MethodHandle CLOSE = Binding.action("rocksdb_close", JAVA_LONG);
    private static final MethodHandle CANCEL_BACKGROUND_WORK =
            Binding.action("rocksdb_cancel_all_background_work", JAVA_LONG, JAVA_BYTE);
    private static final MethodHandle DROP_HISTORY = Binding.action(
            "rocksdb_increase_full_history_ts_low", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle HISTORY =
            Binding.function("rocksdb_get_full_history_ts_low", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle DELETE_FILES = Binding.action(
            "rocksdb_delete_file_in_range_cf",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle COMPACT = Binding.action(
            "rocksdb_compact_range_cf", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CREATE_FLUSH_OPTIONS = Binding.function("rocksdb_flushoptions_create", JAVA_LONG);
    private static final MethodHandle DESTROY_FLUSH_OPTIONS = Binding.action("rocksdb_flushoptions_destroy", JAVA_LONG);
    private static final MethodHandle FLUSH =
            Binding.action("rocksdb_flush_cf", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle APPROXIMATE_SIZES = Binding.action(
            "rocksdb_approximate_sizes_cf",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle PROPERTY =
            Binding.function("rocksdb_property_int_cf", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PROPERTY_TEXT =
            Binding.function("rocksdb_property_value_cf", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CREATE_CHECKPOINTER =
            Binding.function("rocksdb_checkpoint_object_create", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CHECKPOINT =
            Binding.action("rocksdb_checkpoint_create", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle DESTROY_CHECKPOINTER =
            Binding.action("rocksdb_checkpoint_object_destroy", JAVA_LONG);

    private RocksSetup() {}

    static long createOptions() {
        try {
            return (long) CREATE_OPTIONS.invokeExact();
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyOptions(long options) {
        try {
            DESTROY_OPTIONS.invokeExact(options);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Copies `base` into `options` and applies the `name=value;` pairs of `text`.
    static void parseOptions(long base, long text, long options, long error) {
        try {
            PARSE_OPTIONS.invokeExact(base, text, options, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setTableOptions(long options, long tableOptions) {
        try {
            SET_TABLE_OPTIONS.invokeExact(options, tableOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setWriteBufferManager(long options, long manager) {
        try {
            SET_WRITE_BUFFER_MANAGER.invokeExact(options, manager);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createTableOptions() {
        try {
            return (long) CREATE_TABLE_OPTIONS.invokeExact();
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyTableOptions(long tableOptions) {
        try {
            DESTROY_TABLE_OPTIONS.invokeExact(tableOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setBlockBytes(long tableOptions, long bytes) {
        try {
            SET_BLOCK_BYTES.invokeExact(tableOptions, bytes);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setBlockCache(long tableOptions, long cache) {
        try {
            SET_BLOCK_CACHE.invokeExact(tableOptions, cache);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Takes the policy over.
    static void setFilterPolicy(long tableOptions, long policy) {
        try {
            SET_FILTER_POLICY.invokeExact(tableOptions, policy);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setCacheIndexAndFilter(long tableOptions, byte isOn) {
        try {
            SET_CACHE_INDEX_AND_FILTER.invokeExact(tableOptions, isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setIndexHasHighPriority(long tableOptions, byte isOn) {
        try {
            SET_INDEX_HAS_HIGH_PRIORITY.invokeExact(tableOptions, isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setPinLevelZero(long tableOptions, byte isOn) {
        try {
            SET_PIN_LEVEL_ZERO.invokeExact(tableOptions, isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setFormatVersion(long tableOptions, int version) {
        try {
            SET_FORMAT_VERSION.invokeExact(tableOptions, version);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createBloomFilter(double bitsPerKey) {
        try {
            return (long) CREATE_BLOOM_FILTER.invokeExact(bitsPerKey);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createCache(long capacity, long entryBytes) {
        try {
            return (long) CREATE_CACHE.invokeExact(capacity, entryBytes);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyCache(long cache) {
        try {
            DESTROY_CACHE.invokeExact(cache);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createWriteOptions() {
        try {
            return (long) CREATE_WRITE_OPTIONS.invokeExact();
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyWriteOptions(long writeOptions) {
        try {
            DESTROY_WRITE_OPTIONS.invokeExact(writeOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setSync(long writeOptions, byte isOn) {
        try {
            SET_SYNC.invokeExact(writeOptions, isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// The database, or 0 and an error; the handles go to `families`.
    static long open(long options, long path, int count, long names, long familyOptions, long families, long error) {
        try {
            return (long) OPEN.invokeExact(options, path, count, names, familyOptions, families, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static int familyId(long family) {
        try {
            return (int) FAMILY_ID.invokeExact(family);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyFamily(long family) {
        try {
            DESTROY_FAMILY.invokeExact(family);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void close(long db) {
        try {
            CLOSE.invokeExact(db);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void cancelBackgroundWork(long db, byte isWaiting) {
        try {
            CANCEL_BACKGROUND_WORK.invokeExact(db, isWaiting);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void dropHistory(long db, long family, long timestamp, long length, long error) {
        try {
            DROP_HISTORY.invokeExact(db, family, timestamp, length, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// The bytes of the horizon, to be freed, or 0.
    static long history(long db, long family, long length, long error) {
        try {
            return (long) HISTORY.invokeExact(db, family, length, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Drops the files that lie wholly in the range.
    static void deleteFiles(long db, long family, long from, long fromLength, long to, long toLength, long error) {
        try {
            DELETE_FILES.invokeExact(db, family, from, fromLength, to, toLength, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void compact(long db, long family, long from, long fromLength, long to, long toLength) {
        try {
            COMPACT.invokeExact(db, family, from, fromLength, to, toLength);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createFlushOptions() {
        try {
            return (long) CREATE_FLUSH_OPTIONS.invokeExact();
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyFlushOptions(long flushOptions) {
        try {
            DESTROY_FLUSH_OPTIONS.invokeExact(flushOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void flush(long db, long flushOptions, long family, long error) {
        try {
            FLUSH.invokeExact(db, flushOptions, family, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void approximateSizes(
            long db,
            long family,
            int count,
            long starts,
            long startLengths,
            long limits,
            long limitLengths,
            long sizes,
            long error) {
        try {
            APPROXIMATE_SIZES.invokeExact(db, family, count, starts, startLengths, limits, limitLengths, sizes, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// 0 when the property was read into `result`.
    static int property(long db, long family, long name, long result) {
        try {
            return (int) PROPERTY.invokeExact(db, family, name, result);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Text to be freed, or 0.
    static long propertyText(long db, long family, long name) {
        try {
            return (long) PROPERTY_TEXT.invokeExact(db, family, name);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createCheckpointer(long db, long error) {
        try {
            return (long) CREATE_CHECKPOINTER.invokeExact(db, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void checkpoint(long checkpointer, long path, long logBytesForFlush, long error) {
        try {
            CHECKPOINT.invokeExact(checkpointer, path, logBytesForFlush, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyCheckpointer(long checkpointer) {
        try {
            DESTROY_CHECKPOINTER.invokeExact(checkpointer);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }
}
