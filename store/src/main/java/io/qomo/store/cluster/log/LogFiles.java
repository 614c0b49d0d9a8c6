package io.qomo.store.cluster.log;

import java.io.IOException;
import java.util.List;

/// The directory of a log: the seam at which tests let a disk fail.
interface LogFiles {
    /// For messages.
    String path(String name);

    /// The names of all files.
    List<String> list() throws IOException;

    /// Opens a file for reading and writing, and makes it when it is not there.
    LogFile open(String name) throws IOException;

    /// Renames a file, over another if need be; who has it open keeps it.
    void rename(String from, String to) throws IOException;

    /// Deletes a file if it is there.
    void delete(String name) throws IOException;

    /// Makes what was made, renamed and deleted durable.
    void sync() throws IOException;
}
