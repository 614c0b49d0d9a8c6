package io.qomo.store.cluster.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A directory on a disk that fails, or stands still, when told.
final class FaultyFiles implements LogFiles {
    private final DiskFiles inner;
    /// What writes throw, after half of their bytes, while it is set.
    volatile @Nullable IOException writeFailure;
    /// Writes let through before that.
    volatile int writesBefore;
    /// What forces throw while it is set.
    volatile @Nullable IOException forceFailure;
    /// Whether forces only pretend, which is faster.
    volatile boolean isForcingSkipped;
    /// Forces wait for it.
    volatile CountDownLatch gate = new CountDownLatch(0);
    /// Forces that began.
    final AtomicInteger forces = new AtomicInteger();

    FaultyFiles(Path directory) throws IOException {
        inner = new DiskFiles(directory);
    }

    static IOException noSpace() {
        return new IOException("No space left on device");
    }

    @Override
    public String path(String name) {
        return inner.path(name);
    }

    @Override
    public List<String> list() throws IOException {
        return inner.list();
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new FaultyFile(inner.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        inner.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        inner.delete(name);
    }

    @Override
    public void sync() throws IOException {
        if (!isForcingSkipped) {
            inner.sync();
        }
    }

    private final class FaultyFile implements LogFile {
        private final LogFile file;

        private FaultyFile(LogFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer at a time
        public void write(ByteBuffer bytes, long at) throws IOException {
            IOException wanted = writeFailure;
            if (wanted != null && writesBefore-- <= 0) {
                writeFailure = null;
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                file.write(bytes, at);
                throw wanted;
            }
            file.write(bytes, at);
        }

        @Override
        public boolean read(ByteBuffer target, long at) throws IOException {
            return file.read(target, at);
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            boolean wasInterrupted = Thread.interrupted();
            while (gate.getCount() > 0) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
            IOException wanted = forceFailure;
            if (wanted != null) {
                throw wanted;
            }
            if (!isForcingSkipped) {
                file.force();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
