package io.qomo.store.kv.rocksdb;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C functions of the read and write path. Pointers and `size_t` are longs; an `error` is the
/// address of a pointer that receives a message to be freed.
///
/// Accessors are linked as critical: they return at once and never block. Nothing else may be,
/// because a critical call holds back the garbage collector.
final class RocksCalls {
    private static final MethodHandle GET_PINNED = Binding.function("rocksdb_get_pinned_cf", 6);
    private static final MethodHandle PINNED_VALUE = Binding.accessor("rocksdb_pinnableslice_value", 2);
    private static final MethodHandle DESTROY_PINNED = Binding.function("rocksdb_pinnableslice_destroy", 1);
    private static final MethodHandle MULTI_GET = Binding.function("rocksdb_batched_multi_get_cf", 9);
    private static final MethodHandle CREATE_ITERATOR = Binding.function("rocksdb_create_iterator_cf", 3);
    private static final MethodHandle DESTROY_ITERATOR = Binding.function("rocksdb_iter_destroy", 1);
    private static final MethodHandle REFRESH = Binding.function("rocksdb_iter_refresh", 2);
    private static final MethodHandle SEEK = Binding.function("rocksdb_iter_seek", 3);
    private static final MethodHandle SEEK_TO_LAST = Binding.function("rocksdb_iter_seek_to_last", 1);
    private static final MethodHandle NEXT = Binding.function("rocksdb_iter_next", 1);
    private static final MethodHandle PREVIOUS = Binding.function("rocksdb_iter_prev", 1);
    private static final MethodHandle IS_VALID = Binding.accessor("rocksdb_iter_valid", 1);
    private static final MethodHandle KEY = Binding.accessor("rocksdb_iter_key", 2);
    private static final MethodHandle VALUE = Binding.accessor("rocksdb_iter_value", 2);
    private static final MethodHandle ITERATOR_ERROR = Binding.function("rocksdb_iter_get_error", 2);
    private static final MethodHandle CREATE_READ_OPTIONS = Binding.function("rocksdb_readoptions_create", 0);
    private static final MethodHandle DESTROY_READ_OPTIONS = Binding.function("rocksdb_readoptions_destroy", 1);
    private static final MethodHandle SET_TIMESTAMP = Binding.function("rocksdb_readoptions_set_timestamp", 3);
    private static final MethodHandle SET_OLDEST_TIMESTAMP =
            Binding.function("rocksdb_readoptions_set_iter_start_ts", 3);
    private static final MethodHandle SET_UPPER_BOUND =
            Binding.function("rocksdb_readoptions_set_iterate_upper_bound", 3);
    private static final MethodHandle SET_LOWER_BOUND =
            Binding.function("rocksdb_readoptions_set_iterate_lower_bound", 3);
    private static final MethodHandle CREATE_BATCH = Binding.function("rocksdb_writebatch_create_from", 2);
    private static final MethodHandle CREATE_BATCH_OF_ARRAY = Binding.ofArray("rocksdb_writebatch_create_from");
    private static final MethodHandle DESTROY_BATCH = Binding.function("rocksdb_writebatch_destroy", 1);
    private static final MethodHandle WRITE = Binding.function("rocksdb_write", 4);
    private static final MethodHandle FREE = Binding.function("rocksdb_free", 1);

    private RocksCalls() {}

    /// A pinned slice, or 0 when the key does not exist.
    static long getPinned(long db, long readOptions, long family, long key, long keyLength, long error) {
        try {
            return (long) GET_PINNED.invokeExact(db, readOptions, family, key, keyLength, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Address of the slice; its length goes to `length`.
    static long pinnedValue(long slice, long length) {
        try {
            return (long) PINNED_VALUE.invokeExact(slice, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyPinned(long slice) {
        try {
            long ignored = (long) DESTROY_PINNED.invokeExact(slice);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Fills `slices` with pinned slices (0: no such key) and `errors` with messages.
    static void multiGet(
            long db,
            long readOptions,
            long family,
            long count,
            long keys,
            long keyLengths,
            long slices,
            long errors,
            byte isSorted) {
        try {
            long ignored = (long) MULTI_GET.invokeExact(
                    db, readOptions, family, count, keys, keyLengths, slices, errors, (long) isSorted);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createIterator(long db, long readOptions, long family) {
        try {
            return (long) CREATE_ITERATOR.invokeExact(db, readOptions, family);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyIterator(long iterator) {
        try {
            long ignored = (long) DESTROY_ITERATOR.invokeExact(iterator);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Lets the iterator see what was written since.
    static void refresh(long iterator, long error) {
        try {
            long ignored = (long) REFRESH.invokeExact(iterator, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void seek(long iterator, long key, long keyLength) {
        try {
            long ignored = (long) SEEK.invokeExact(iterator, key, keyLength);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void seekToLast(long iterator) {
        try {
            long ignored = (long) SEEK_TO_LAST.invokeExact(iterator);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void next(long iterator) {
        try {
            long ignored = (long) NEXT.invokeExact(iterator);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void previous(long iterator) {
        try {
            long ignored = (long) PREVIOUS.invokeExact(iterator);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static byte isValid(long iterator) {
        try {
            return (byte) (long) IS_VALID.invokeExact(iterator);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long key(long iterator, long length) {
        try {
            return (long) KEY.invokeExact(iterator, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long value(long iterator, long length) {
        try {
            return (long) VALUE.invokeExact(iterator, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void iteratorError(long iterator, long error) {
        try {
            long ignored = (long) ITERATOR_ERROR.invokeExact(iterator, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static long createReadOptions() {
        try {
            return (long) CREATE_READ_OPTIONS.invokeExact();
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyReadOptions(long readOptions) {
        try {
            long ignored = (long) DESTROY_READ_OPTIONS.invokeExact(readOptions);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Reads at the timestamp that stands at that address when they begin.
    static void setTimestamp(long readOptions, long timestamp, long length) {
        try {
            long ignored = (long) SET_TIMESTAMP.invokeExact(readOptions, timestamp, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Iterators show all versions from this timestamp on.
    static void setOldestTimestamp(long readOptions, long timestamp, long length) {
        try {
            long ignored = (long) SET_OLDEST_TIMESTAMP.invokeExact(readOptions, timestamp, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// The slice is kept in the options and looked at by live iterators: it may be moved before a
    /// seek.
    static void setUpperBound(long readOptions, long key, long length) {
        try {
            long ignored = (long) SET_UPPER_BOUND.invokeExact(readOptions, key, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void setLowerBound(long readOptions, long key, long length) {
        try {
            long ignored = (long) SET_LOWER_BOUND.invokeExact(readOptions, key, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Copies the bytes.
    static long createBatch(long encoded, long length) {
        try {
            return (long) CREATE_BATCH.invokeExact(encoded, length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    /// Copies the bytes from the heap, which the garbage collector leaves alone until then.
    static long createBatch(byte[] encoded, long length) {
        try {
            return (long) CREATE_BATCH_OF_ARRAY.invokeExact(MemorySegment.ofArray(encoded), length);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void destroyBatch(long batch) {
        try {
            long ignored = (long) DESTROY_BATCH.invokeExact(batch);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void write(long db, long writeOptions, long batch, long error) {
        try {
            long ignored = (long) WRITE.invokeExact(db, writeOptions, batch, error);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }

    static void free(long memory) {
        try {
            long ignored = (long) FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw Binding.failed(e);
        }
    }
}
