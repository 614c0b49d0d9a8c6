package io.qomo.store.kv.rocksdb;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Turns names of C functions into method handles, and addresses into Java bytes.
///
/// The library is loaded when the first handle is made; handles are constants, which is what makes
/// calls cheap.
final class Binding {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = RocksLibrary.load();
    /// All memory, for access by address.
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final MethodHandle MALLOC = libc("malloc");
    private static final MethodHandle FREE = libc("free");

    private Binding() {}

    private static MethodHandle libc(String name) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), longs(1));
    }

    static MethodHandle function(String name, int arguments) {
        return LINKER.downcallHandle(symbol(name), longs(arguments));
    }

    static MethodHandle accessor(String name, int arguments) {
        return LINKER.downcallHandle(symbol(name), longs(arguments), Linker.Option.critical(false));
    }

    /// Of an array on the heap and a length; for calls that only copy it.
    static MethodHandle ofArray(String name) {
        return LINKER.downcallHandle(
                symbol(name),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
                Linker.Option.critical(true));
    }

    static MethodHandle ofDouble(String name) {
        return LINKER.downcallHandle(
                symbol(name), FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_DOUBLE));
    }

    private static FunctionDescriptor longs(int arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments];
        Arrays.fill(layouts, ValueLayout.JAVA_LONG);
        return FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts);
    }

    private static MemorySegment symbol(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(() -> new IllegalStateException("the native library does not export " + name));
    }

    /// What a call is told that failed before it reached the library.
    static RuntimeException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return SqlException.causedBy(cause, ErrorCode.INTERNAL_ERROR, "native call: " + cause);
    }

    /// Memory that the caller frees with [#free]; an arena that any thread may close costs a
    /// hundred times as much.
    static long allocate(long bytes) {
        long address;
        try {
            address = (long) MALLOC.invokeExact(bytes);
        } catch (Throwable e) {
            throw failed(e);
        }
        if (address == 0) {
            throw new OutOfMemoryError("native memory: " + bytes + " bytes");
        }
        return address;
    }

    static void free(long address) {
        try {
            long ignored = (long) FREE.invokeExact(address);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static long longAt(long address) {
        return MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    static void setLong(long address, long value) {
        MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    /// Copies native bytes into `target` from its beginning.
    static void read(long address, byte[] target, int length) {
        MemorySegment.copy(MEMORY, ValueLayout.JAVA_BYTE, address, target, 0, length);
    }

    /// Copies the beginning of `source` into native memory.
    static void write(long address, byte[] source, int length) {
        MemorySegment.copy(source, 0, MEMORY, ValueLayout.JAVA_BYTE, address, length);
    }

    /// The zero-terminated text at an address.
    static String text(long address) {
        return MEMORY.getString(address, StandardCharsets.UTF_8);
    }
}
