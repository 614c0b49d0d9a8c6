package io.qomo.store.kv.rocksdb;

import java.lang.invoke.MethodHandle;

/// The C functions that open, close and maintain a database. Conventions as in [RocksCalls].
final class RocksSetup {
    private static final MethodHandle CREATE_OPTIONS = Binding.function("rocksdb_options_create", 0);
    private static final MethodHandle DESTROY_OPTIONS = Binding.function("rocksdb_options_destroy", 1);
    private static final MethodHandle PARSE_OPTIONS = Binding.function("rocksdb_get_options_from_string", 4);
    private static final MethodHandle SET_TABLE_OPTIONS =
            Binding.function("rocksdb_options_set_block_based_table_factory", 2);
    private static final MethodHandle SET_WRITE_BUFFER_MANAGER =
            Binding.function("rocksdb_options_set_write_buffer_manager", 2);
    private static final MethodHandle CREATE_TABLE_OPTIONS = Binding.function("rocksdb_block_based_options_create", 0);
    private static final MethodHandle DESTROY_TABLE_OPTIONS =
            Binding.function("rocksdb_block_based_options_destroy", 1);
    private static final MethodHandle SET_BLOCK_BYTES =
            Binding.function("rocksdb_block_based_options_set_block_size", 2);
    private static final MethodHandle SET_BLOCK_CACHE =
            Binding.function("rocksdb_block_based_options_set_block_cache", 2);
    private static final MethodHandle SET_FILTER_POLICY =
            Binding.function("rocksdb_block_based_options_set_filter_policy", 2);
    private static final MethodHandle SET_CACHE_INDEX_AND_FILTER =
            Binding.function("rocksdb_block_based_options_set_cache_index_and_filter_blocks", 2);
    private static final MethodHandle SET_INDEX_HAS_HIGH_PRIORITY =
            Binding.function("rocksdb_block_based_options_set_cache_index_and_filter_blocks_with_high_priority", 2);
    private static final MethodHandle SET_PIN_LEVEL_ZERO =
            Binding.function("rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache", 2);
    private static final MethodHandle SET_FORMAT_VERSION =
            Binding.function("rocksdb_block_based_options_set_format_version", 2);
    private static final MethodHandle CREATE_BLOOM_FILTER = Binding.ofDouble("rocksdb_filterpolicy_create_bloom_full");
    private static final MethodHandle CREATE_CACHE = Binding.function("rocksdb_cache_create_hyper_clock", 2);
    private static final MethodHandle DESTROY_CACHE = Binding.function("rocksdb_cache_destroy", 1);
    private static final MethodHandle CREATE_WRITE_OPTIONS = Binding.function("rocksdb_writeoptions_create", 0);
    private static final MethodHandle DESTROY_WRITE_OPTIONS = Binding.function("rocksdb_writeoptions_destroy", 1);
    private static final MethodHandle SET_SYNC = Binding.function("rocksdb_writeoptions_set_sync", 2);
    private static final MethodHandle DISABLE_LOG = Binding.function("rocksdb_writeoptions_disable_WAL", 2);
    private static final MethodHandle OPEN = Binding.function("rocksdb_open_column_families", 7);
    private static final MethodHandle FAMILY_ID = Binding.function("rocksdb_column_family_handle_get_id", 1);
    private static final MethodHandle DESTROY_FAMILY = Binding.function("rocksdb_column_family_handle_destroy", 1);
    private static final MethodHandle CLOSE = Binding.function("rocksdb_close", 1);
    private static final MethodHandle CANCEL_BACKGROUND_WORK =
            Binding.function("rocksdb_cancel_all_background_work", 2);
    private static final MethodHandle DROP_HISTORY = Binding.function("rocksdb_increase_full_history_ts_low", 5);
    private static final MethodHandle SET_OPTIONS = Binding.function("rocksdb_set_options_cf", 6);
    private static final MethodHandle HISTORY = Binding.function("rocksdb_get_full_history_ts_low", 4);
    private static final MethodHandle DELETE_FILES = Binding.function("rocksdb_delete_file_in_range_cf", 7);
    private static final MethodHandle COMPACT = Binding.function("rocksdb_compact_range_cf", 6);
    private static final MethodHandle CREATE_FLUSH_OPTIONS = Binding.function("rocksdb_flushoptions_create", 0);
    private static final MethodHandle DESTROY_FLUSH_OPTIONS = Binding.function("rocksdb_flushoptions_destroy", 1);
    private static final MethodHandle FLUSH = Binding.function("rocksdb_flush_cf", 4);
    private static final MethodHandle APPROXIMATE_SIZES =
            Binding.function("rocksdb_approximate_sizes_cf_with_flags", 10);
    private static final MethodHandle PROPERTY = Binding.function("rocksdb_property_int_cf", 4);
    private static final MethodHandle PROPERTY_TEXT = Binding.function("rocksdb_property_value_cf", 3);
    private static final MethodHandle CREATE_CHECKPOINTER = Binding.function("rocksdb_checkpoint_object_create", 2);
    private static final MethodHandle CHECKPOINT = Binding.function("rocksdb_checkpoint_create", 4);
    private static final MethodHandle DESTROY_CHECKPOINTER = Binding.function("rocksdb_checkpoint_object_destroy", 1);

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
            long ignored = (long) DESTROY_OPTIONS.invokeExact(options);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Copies `base` into `options` and applies the `name=value;` pairs of `text`.
    static void parseOptions(long base, long text, long options, long error) {
        try {
            long ignored = (long) PARSE_OPTIONS.invokeExact(base, text, options, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setTableOptions(long options, long tableOptions) {
        try {
            long ignored = (long) SET_TABLE_OPTIONS.invokeExact(options, tableOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setWriteBufferManager(long options, long manager) {
        try {
            long ignored = (long) SET_WRITE_BUFFER_MANAGER.invokeExact(options, manager);
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
            long ignored = (long) DESTROY_TABLE_OPTIONS.invokeExact(tableOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setBlockBytes(long tableOptions, long bytes) {
        try {
            long ignored = (long) SET_BLOCK_BYTES.invokeExact(tableOptions, bytes);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setBlockCache(long tableOptions, long cache) {
        try {
            long ignored = (long) SET_BLOCK_CACHE.invokeExact(tableOptions, cache);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Takes the policy over.
    static void setFilterPolicy(long tableOptions, long policy) {
        try {
            long ignored = (long) SET_FILTER_POLICY.invokeExact(tableOptions, policy);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setCacheIndexAndFilter(long tableOptions, byte isOn) {
        try {
            long ignored = (long) SET_CACHE_INDEX_AND_FILTER.invokeExact(tableOptions, (long) isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setIndexHasHighPriority(long tableOptions, byte isOn) {
        try {
            long ignored = (long) SET_INDEX_HAS_HIGH_PRIORITY.invokeExact(tableOptions, (long) isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setPinLevelZero(long tableOptions, byte isOn) {
        try {
            long ignored = (long) SET_PIN_LEVEL_ZERO.invokeExact(tableOptions, (long) isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setFormatVersion(long tableOptions, int version) {
        try {
            long ignored = (long) SET_FORMAT_VERSION.invokeExact(tableOptions, (long) version);
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
            long ignored = (long) DESTROY_CACHE.invokeExact(cache);
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
            long ignored = (long) DESTROY_WRITE_OPTIONS.invokeExact(writeOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setSync(long writeOptions, byte isOn) {
        try {
            long ignored = (long) SET_SYNC.invokeExact(writeOptions, (long) isOn);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void disableLog(long writeOptions, int isDisabled) {
        try {
            long ignored = (long) DISABLE_LOG.invokeExact(writeOptions, (long) isDisabled);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// The database, or 0 and an error; the handles go to `families`.
    static long open(long options, long path, int count, long names, long familyOptions, long families, long error) {
        try {
            return (long) OPEN.invokeExact(options, path, (long) count, names, familyOptions, families, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static int familyId(long family) {
        try {
            return (int) (long) FAMILY_ID.invokeExact(family);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyFamily(long family) {
        try {
            long ignored = (long) DESTROY_FAMILY.invokeExact(family);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void close(long db) {
        try {
            long ignored = (long) CLOSE.invokeExact(db);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void cancelBackgroundWork(long db, byte isWaiting) {
        try {
            long ignored = (long) CANCEL_BACKGROUND_WORK.invokeExact(db, (long) isWaiting);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void dropHistory(long db, long family, long timestamp, long length, long error) {
        try {
            long ignored = (long) DROP_HISTORY.invokeExact(db, family, timestamp, length, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setOptions(long db, long family, int count, long names, long values, long error) {
        try {
            long ignored = (long) SET_OPTIONS.invokeExact(db, family, (long) count, names, values, error);
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
            long ignored = (long) DELETE_FILES.invokeExact(db, family, from, fromLength, to, toLength, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void compact(long db, long family, long from, long fromLength, long to, long toLength) {
        try {
            long ignored = (long) COMPACT.invokeExact(db, family, from, fromLength, to, toLength);
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
            long ignored = (long) DESTROY_FLUSH_OPTIONS.invokeExact(flushOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void flush(long db, long flushOptions, long family, long error) {
        try {
            long ignored = (long) FLUSH.invokeExact(db, flushOptions, family, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// @param parts 1: memtables, 2: files, 3: both
    static void approximateSizes(
            long db,
            long family,
            int count,
            long starts,
            long startLengths,
            long limits,
            long limitLengths,
            byte parts,
            long sizes,
            long error) {
        try {
            long ignored = (long) APPROXIMATE_SIZES.invokeExact(
                    db, family, (long) count, starts, startLengths, limits, limitLengths, (long) parts, sizes, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// 0 when the property was read into `result`.
    static int property(long db, long family, long name, long result) {
        try {
            return (int) (long) PROPERTY.invokeExact(db, family, name, result);
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
            long ignored = (long) CHECKPOINT.invokeExact(checkpointer, path, logBytesForFlush, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyCheckpointer(long checkpointer) {
        try {
            long ignored = (long) DESTROY_CHECKPOINTER.invokeExact(checkpointer);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }
}
