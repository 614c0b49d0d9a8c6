package io.qomo.serve.mysql.wire;

/// How packets are compressed once the client has logged in.
public enum Compression {
    NONE,
    ZLIB,
    ZSTD;

    /// Bytes of the header of a compressed packet: compressed length (3), sequence number (1), uncompressed
    /// length (3; 0 if the content is not compressed).
    static final int HEADER_BYTES = 7;
}
