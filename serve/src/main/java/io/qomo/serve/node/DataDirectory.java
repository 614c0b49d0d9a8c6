package io.qomo.serve.node;

import io.qomo.serve.node.NodeException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's directory, locked for as long as this is open.
///
/// ```
/// qomo.format   one line: "qomo data directory, format N"; checked before anything else is touched
/// qomo.lock     locked while a node runs on the directory
/// qomo.pid      the process that does; left behind by one that was killed
/// store/        the store
/// keys/         TLS certificate, RSA keys
/// tmp/          what operators spill; emptied when a node starts
/// ```
///
/// A new one is for its owner alone: it holds everybody's data, and password hashes.
final class DataDirectory implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final String FORMAT_FILE = "qomo.format";
    private static final String LOCK_FILE = "qomo.lock";
    private static final String FORMAT_PREFIX = "qomo data directory, format ";
    static final String PID_FILE = "qomo.pid";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /// Opens or creates a directory.
    ///
    /// Errors ([NodeException]): in use by another node; not a data directory of ours; of an
    /// unknown format.
    static DataDirectory open(Path root) {
        try {
            checkFormat(root);
            create(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new NodeException(
                        Reason.DIRECTORY_IN_USE, "the data directory " + root + " is in use by another node");
            }
            Path format = root.resolve(FORMAT_FILE);
            if (!Files.exists(format)) {
                closeToOthers(root);
                Files.writeString(format, FORMAT_PREFIX + FORMAT + "\n");
            }
            DataDirectory directory = new DataDirectory(root, channel, lock);
            directory.emptyTemporary();
            Files.writeString(root.resolve(PID_FILE), ProcessHandle.current().pid() + "\n");
            return directory;
        } catch (IOException e) {
            throw new NodeException(
                    Reason.DIRECTORY_UNUSABLE, "the data directory " + root + " cannot be used: " + reason(e));
        }
    }

    private static void create(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        try {
            Files.createDirectories(root, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (UnsupportedOperationException e) {
            // Not a POSIX file system.
            Files.createDirectories(root);
        }
    }

    /// A directory that was there, empty, becomes the owner's alone if it is ours to change.
    private static void closeToOthers(Path root) {
        try {
            Files.setPosixFilePermissions(root, OWNER_ONLY);
        } catch (UnsupportedOperationException | IOException e) {
            LOG.atWarn().addKeyValue("data", root).log("the data directory's permissions stay as they are");
        }
    }

    /// What is the matter with a file, in a line: exceptions of the file system name the file only.
    static String reason(Throwable e) {
        String file = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "";
        Throwable cause = e.getCause();
        return switch (e) {
            case AccessDeniedException _ -> "permission denied: " + file;
            case NoSuchFileException _ -> "no such file or directory: " + file;
            case FileAlreadyExistsException _ -> "it is in the way: " + file;
            case RuntimeException _ when cause instanceof IOException -> reason(cause);
            default -> String.valueOf(e.getMessage());
        };
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another node of this very process holds it: the same answer as another process.
            return null;
        }
    }

    private static void checkFormat(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new NodeException(Reason.DIRECTORY_UNUSABLE, root + " is not a directory");
        }
        Path format = root.resolve(FORMAT_FILE);
        if (Files.exists(format)) {
            List<String> lines = Files.readAllLines(format);
            String line = lines.isEmpty() ? "" : lines.getFirst();
            if (!line.equals(FORMAT_PREFIX + FORMAT)) {
                throw new NodeException(
                        Reason.UNKNOWN_FORMAT,
                        "the data directory " + root + " says '" + line + "'; this version reads format " + FORMAT
                                + " only, and has not touched it");
            }
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(LOCK_FILE)) {
                    throw new NodeException(
                            Reason.UNKNOWN_FORMAT,
                            "the directory " + root + " is not empty and is not a data directory of Qomo; it has not"
                                    + " been touched");
                }
            }
        }
    }

    Path store() {
        return root.resolve("store");
    }

    Path keys() {
        return created("keys");
    }

    Path temporary() {
        return created("tmp");
    }

    private Path created(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void emptyTemporary() throws IOException {
        Path temporary = root.resolve("tmp");
        if (!Files.exists(temporary)) {
            return;
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(root.resolve(PID_FILE));
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
