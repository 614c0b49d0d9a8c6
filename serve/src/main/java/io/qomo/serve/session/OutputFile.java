package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A new file that SELECT … INTO writes. It is removed again unless [#finish] is called. Owned by the session's thread.
final class OutputFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final OutputStream out;
    private boolean finished;

    private OutputFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /// Makes a file. Errors FILE_EXISTS, CANT_CREATE_FILE.
    ///
    /// @param name as written, for messages
    /// @param root a folder that is made if it does not exist yet
    static OutputFile create(Path path, String name, Path root) {
        try {
            if (path.startsWith(root)) {
                Files.createDirectories(root);
            }
            OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new OutputFile(path, new BufferedOutputStream(out, BUFFER_BYTES));
        } catch (FileAlreadyExistsException e) {
            throw SqlException.causedBy(e, ErrorCode.FILE_EXISTS, name);
        } catch (NoSuchFileException e) {
            throw SqlException.causedBy(e, ErrorCode.CANT_CREATE_FILE, name, 2, "No such file or directory");
        } catch (IOException e) {
            throw SqlException.causedBy(e, ErrorCode.CANT_CREATE_FILE, name, 13, "Permission denied");
        }
    }

    void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SqlException failed(IOException e) {
        return SqlException.causedBy(e, ErrorCode.ERROR_ON_WRITE, path.toString(), 5, String.valueOf(e.getMessage()));
    }

    /// Keeps the file.
    void finish() {
        try {
            out.flush();
            finished = true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            if (!finished) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
