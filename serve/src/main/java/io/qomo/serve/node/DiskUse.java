package io.qomo.serve.node;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// What a directory's files take on disk, and what is free beside them.
///
/// @param usedBytes lengths of all files
/// @param freeBytes what this process may still write
record DiskUse(long usedBytes, long freeBytes) {
    /// Looks; what cannot be read counts nothing.
    static DiskUse of(Path directory) {
        long[] used = {0};
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    used[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // The store removes files at any time.
                    return FileVisitResult.CONTINUE;
                }
            });
            return new DiskUse(used[0], Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            // The numbers say so.
            return new DiskUse(used[0], 0);
        }
    }
}
