package io.qomo.store.kv.rocksdb;

import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Finds the native library in the `rocksdbjni` jar and loads it.
///
/// It is unpacked once per version into a directory that only this user can write, by default
/// `<java.io.tmpdir>/qomo-<user>`; the system property `qomo.native.dir` names another. A copy that
/// is already there is used if its content is right.
final class RocksLibrary {
    private static final int BUFFER_BYTES = 1 << 16;

    private RocksLibrary() {}

    /// The library's symbols; they live as long as the process.
    static SymbolLookup load() {
        String resource = resourceName();
        try {
            return SymbolLookup.libraryLookup(unpack(resource), Arena.global());
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreOpenException(
                    "cannot load the storage engine's native library " + resource + ": " + e.getMessage()
                            + " (set -Dqomo.native.dir to a directory from which libraries may be loaded)",
                    e);
        }
    }

    private static Path unpack(String resource) throws IOException {
        Path directory = directory();
        long checksum = expectedChecksum(resource);
        int dot = resource.lastIndexOf('.');
        Path target = directory.resolve(
                resource.substring(0, dot) + "-" + Long.toHexString(checksum) + resource.substring(dot));
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream in = Files.newInputStream(target)) {
                if (checksum(in) == checksum) {
                    return target;
                }
            }
        }
        Path fresh = Files.createTempFile(directory, "unpacking", ".tmp");
        try (InputStream in = open(resource)) {
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return target;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// A directory of this user alone, so that nobody else can put a library there.
    private static Path directory() throws IOException {
        @Nullable String configured = System.getProperty("qomo.native.dir");
        if (configured != null) {
            return Files.createDirectories(Path.of(configured));
        }
        Path base = Path.of(System.getProperty("java.io.tmpdir", "."));
        Path own = base.resolve("qomo-" + System.getProperty("user.name", "user"));
        boolean hasPermissions = Files.getFileStore(base).supportsFileAttributeView("posix");
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
            try {
                if (hasPermissions) {
                    Files.createDirectory(
                            own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectory(own);
                }
            } catch (IOException e) {
                return Files.createTempDirectory("qomo");
            }
        }
        if (hasPermissions && !isPrivate(own)) {
            return Files.createTempDirectory("qomo");
        }
        return own;
    }

    private static boolean isPrivate(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "probe", ".tmp");
        try {
            return Files.getOwner(probe).equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS))
                    && PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS))
                            .endsWith("------");
        } finally {
            Files.delete(probe);
        }
    }

    /// What the jar's directory says, so that nothing needs to be unpacked to know it.
    private static long expectedChecksum(String resource) throws IOException {
        URL url = RocksLibrary.class.getClassLoader().getResource(resource);
        if (url != null && url.openConnection() instanceof JarURLConnection jar) {
            long checksum = jar.getJarEntry().getCrc();
            if (checksum != -1) {
                return checksum;
            }
        }
        try (InputStream in = open(resource)) {
            return checksum(in);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = RocksLibrary.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("this program was built without it");
        }
        return in;
    }

    private static long checksum(InputStream in) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        int read = in.read(buffer);
        while (read >= 0) {
            checksum.update(buffer, 0, read);
            read = in.read(buffer);
        }
        return checksum.getValue();
    }

    private static String resourceName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean isArm = arch.equals("aarch64") || arch.equals("arm64");
        if (os.contains("mac")) {
            return isArm ? "librocksdbjni-osx-arm64.jnilib" : "librocksdbjni-osx-x86_64.jnilib";
        }
        if (os.contains("win")) {
            return "librocksdbjni-win64.dll";
        }
        String libc = isMusl() ? "-musl.so" : ".so";
        return (isArm ? "librocksdbjni-linux-aarch64" : "librocksdbjni-linux64") + libc;
    }

    private static boolean isMusl() {
        return Files.exists(Path.of("/etc/alpine-release"));
    }
}
