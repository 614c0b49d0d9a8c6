package io.qomo.store.cluster.log;

import java.io.IOException;

/// Tells what a disk's error means.
final class DiskErrors {
    private DiskErrors() {}

    /// Whether there was no room. The JDK gives only the system's text.
    static boolean isNoSpace(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || message.contains("not enough space on the disk");
    }
}
