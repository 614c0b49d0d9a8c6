package io.qomo.store.cluster.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file on a disk.
///
/// The JDK closes a channel whose thread is interrupted, for all its users. So interrupts are put
/// off while a call runs; one that comes during the call costs a channel, which is opened again.
/// Readers have a channel of their own, so that they do not close the writer's.
final class DiskFile implements LogFile {
    private final Path path;
    /// Of the one thread that writes.
    private FileChannel writer;
    // guarded by this
    private @Nullable FileChannel reader;
    private boolean isClosed;

    DiskFile(Path path) throws IOException {
        this.path = path;
        this.writer = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public long size() throws IOException {
        return Files.size(path);
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
        int from = bytes.position();
        boolean wasInterrupted = Thread.interrupted();
        try {
            while (bytes.hasRemaining()) {
                try {
                    writer.write(bytes, at + bytes.position() - from);
                } catch (ClosedChannelException e) {
                    wasInterrupted |= Thread.interrupted();
                    reopenWriter(e);
                    bytes.position(from);
                }
            }
        } finally {
            restore(wasInterrupted);
        }
    }

    @Override
    public void force() throws IOException {
        boolean wasInterrupted = Thread.interrupted();
        try {
            writer.force(false);
        } catch (ClosedChannelException e) {
            wasInterrupted |= Thread.interrupted();
            reopenWriter(e);
            throw new InterruptedForceException();
        } finally {
            restore(wasInterrupted);
        }
    }

    private synchronized void reopenWriter(ClosedChannelException cause) throws IOException {
        if (isClosed) {
            throw cause;
        }
        writer = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    @Override
    public boolean read(ByteBuffer target, long at) throws IOException {
        int from = target.position();
        boolean wasInterrupted = Thread.interrupted();
        try {
            while (target.hasRemaining()) {
                try {
                    if (reader().read(target, at + target.position() - from) < 0) {
                        return false;
                    }
                } catch (ClosedChannelException e) {
                    // this thread was interrupted, or another that reads, or the file was closed
                    wasInterrupted |= Thread.interrupted();
                    target.position(from);
                }
            }
            return true;
        } finally {
            restore(wasInterrupted);
        }
    }

    private synchronized FileChannel reader() throws IOException {
        if (isClosed) {
            throw new IOException("the file " + path + " was closed");
        }
        FileChannel channel = reader;
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            reader = channel;
        }
        return channel;
    }

    private static void restore(boolean wasInterrupted) {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        writer.close();
        FileChannel channel = reader;
        if (channel != null) {
            channel.close();
        }
    }
}
