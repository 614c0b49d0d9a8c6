package io.qomo.store.kv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A data directory: who may open it, and in which format it is.
///
/// ```
/// FORMAT    text, one line: "qomo-store 1"; read before anything is touched LOCK      locked by
/// the process that has the directory open RESERVE   only takes up room (DiskReserve) UNSYNCED  there while, and after,
/// a process ran that did
/// not sync its commits; gone after a clean close engine/   the storage engine's files
/// ```
public final class StoreDirectory implements AutoCloseable {
    private static final String NAME = "qomo-store ";
    private static final int VERSION = 1;
    private static final String FORMAT_FILE = "FORMAT";
    private static final String LOCK_FILE = "LOCK";
    private static final String UNSYNCED_FILE = "UNSYNCED";
    private static final Set<String> HARMLESS = Set.of(LOCK_FILE, FORMAT_FILE + ".tmp", "lost+found");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private StoreDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /// Checks the format, locks the directory for this process, and makes it if it does not exist.
    ///
    /// Throws `StoreOpenException` when it is in use, holds something else, or is of a version this
    /// program does not know; it is not changed then.
    public static StoreDirectory open(Path path) {
        try {
            checkFormat(path);
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = lock(path, channel);
                if (!checkFormat(path)) {
                    writeFormat(path);
                }
                return new StoreDirectory(path, channel, lock);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreOpenException("cannot open the data directory " + path + ": " + e, e);
        }
    }

    private static FileLock lock(Path path, FileChannel channel) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new StoreOpenException("the data directory " + path + " is already open in this process", e);
        }
        if (lock == null) {
            throw new StoreOpenException(
                    "the data directory " + path + " is in use by another process; stop it first, or choose another"
                            + " directory",
                    null);
        }
        return lock;
    }

    /// Whether the directory has a format that is known; false when it is empty or absent.
    private static boolean checkFormat(Path path) throws IOException {
        String line;
        try {
            line = Files.readString(path.resolve(FORMAT_FILE), StandardCharsets.ISO_8859_1)
                    .strip();
        } catch (NoSuchFileException e) {
            checkEmpty(path);
            return false;
        }
        if (!line.equals(NAME + VERSION)) {
            String found = line.length() > 40 ? line.substring(0, 40) + "..." : line;
            throw new StoreOpenException(
                    "the data directory " + path + " has format \"" + found + "\", but this program knows only \""
                            + NAME + VERSION + "\"; it was left untouched. Use the program that wrote it",
                    null);
        }
        return true;
    }

    private static void checkEmpty(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<String> others;
        try (Stream<Path> entries = Files.list(path)) {
            others = entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !HARMLESS.contains(name))
                    .sorted()
                    .limit(3)
                    .toList();
        }
        if (!others.isEmpty()) {
            throw new StoreOpenException(
                    "the directory " + path + " is not empty (" + String.join(", ", others)
                            + ") and not a Qomo data directory; it was left untouched. Choose another",
                    null);
        }
    }

    /// Writes the format file, complete or not at all.
    public static void writeFormat(Path path) throws IOException {
        Path fresh = path.resolve(FORMAT_FILE + ".tmp");
        Files.writeString(fresh, NAME + VERSION + "\n", StandardCharsets.ISO_8859_1);
        sync(fresh, StandardOpenOption.WRITE);
        Files.move(fresh, path.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            sync(path, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    /// Whether everything in the engine's log was synced when it was written.
    public boolean wasSynced() {
        return !Files.exists(path.resolve(UNSYNCED_FILE));
    }

    /// Notes whether commits are synced from now on. After opening the engine, which leaves no
    /// older log behind.
    public void setSynced(boolean isSynced) {
        Path note = path.resolve(UNSYNCED_FILE);
        try {
            if (isSynced) {
                Files.deleteIfExists(note);
            } else if (!Files.exists(note)) {
                Files.createFile(note);
            }
        } catch (IOException e) {
            throw new StoreOpenException("cannot write to the data directory " + path, e);
        }
    }

    /// Takes up room on the disk, see [DiskReserve].
    public Path reserve() {
        return path.resolve("RESERVE");
    }

    /// Where the storage engine keeps its files.
    public Path engine() {
        return path.resolve("engine");
    }

    /// Lets others open the directory.
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new StoreOpenException("cannot unlock the data directory " + path, e);
        }
    }
}
