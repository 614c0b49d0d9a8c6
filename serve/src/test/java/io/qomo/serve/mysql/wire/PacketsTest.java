package io.qomo.serve.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Framing without sockets: what the writer splits the reader joins, whatever pieces the stream gives.
class PacketsTest {
    private static final int CHUNK = PacketReader.MAX_CHUNK;

    /// Gives its bytes in pieces of random size.
    private static InputStream inPieces(byte[] bytes, Random random) {
        ByteArrayInputStream all = new ByteArrayInputStream(bytes);
        return new InputStream() {
            @Override
            public int read() {
                return all.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return all.read(target, offset, 1 + random.nextInt(length));
            }
        };
    }

    private static byte[] payload(int length, int seed) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        if (length > 0) {
            bytes[length - 1] = (byte) (seed + 1);
        }
        return bytes;
    }

    @Test
    void joinsWhatWasSplit() throws IOException {
        int[] lengths = {0, 1, 4095, 4096, 5, 70_000, CHUNK - 1, CHUNK, 3, 2 * CHUNK + 17, 0, 0, 9};
        for (Compression compression : Compression.values()) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            PacketWriter writer = new PacketWriter(sent, new Sequence());
            try (Compressor compressor = new Compressor(compression, 1, new Sequence())) {
                if (compression != Compression.NONE) {
                    writer.setCompressor(compressor);
                }
                for (int i = 0; i < lengths.length; i++) {
                    writer.begin().putBytes(payload(lengths[i], i));
                    writer.end();
                    if (i % 3 == 0) {
                        writer.flushIfLarge();
                    }
                }
                writer.flush();
            }
            InputStream in = inPieces(sent.toByteArray(), new Random(7));
            InputStream unpacked =
                    compression == Compression.NONE ? in : new DecompressingStream(in, compression, new Sequence());
            PacketReader reader = new PacketReader(unpacked, new Sequence(), 1L << 30);
            for (int i = 0; i < lengths.length; i++) {
                assertThat(reader.next()).isTrue();
                byte[] read = Arrays.copyOfRange(reader.array(), reader.offset(), reader.offset() + reader.length());
                assertThat(Arrays.equals(read, payload(lengths[i], i)))
                        .as("%s, packet %d of %d bytes", compression, i, lengths[i])
                        .isTrue();
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void dropsPacketsThatAreTooLongAndGoesOn() throws IOException {
        for (int length : new int[] {1001, 5000, CHUNK - 1, CHUNK, 2 * CHUNK + 5}) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            PacketWriter writer = new PacketWriter(sent, new Sequence());
            for (int part : new int[] {1000, length, 7}) {
                writer.begin().putBytes(payload(part, 1));
                writer.end();
            }
            writer.flush();
            PacketReader reader = new PacketReader(inPieces(sent.toByteArray(), new Random(3)), new Sequence(), 1000);
            assertThat(reader.next()).isTrue();
            assertThat(reader.length()).isEqualTo(1000);
            assertThatThrownBy(reader::next).isInstanceOf(SqlException.class).hasMessageContaining("packet bigger");
            assertThat(reader.array().length).as("nothing was kept").isLessThan(64 << 10);
            assertThat(reader.next()).isTrue();
            assertThat(reader.length()).isEqualTo(7);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void growsOnlyWithWhatArrives() {
        byte[] start = {-1, -1, -1, 0, 1, 2, 3};
        PacketReader reader = new PacketReader(new ByteArrayInputStream(start), new Sequence(), 1L << 30);
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        assertThat(reader.array().length).isLessThan(16 << 10);
    }

    @Test
    void leavesTheCurrentPacketAloneAfterDetaching() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PacketWriter writer = new PacketWriter(sent, new Sequence());
        for (int i = 0; i < 3; i++) {
            writer.begin().putBytes(payload(100, i));
            writer.end();
        }
        writer.flush();
        PacketReader reader = new PacketReader(new ByteArrayInputStream(sent.toByteArray()), new Sequence(), 1000);
        assertThat(reader.next()).isTrue();
        byte[] first = reader.array();
        int offset = reader.offset();
        reader.detach();
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(Arrays.copyOfRange(first, offset, offset + 100)).isEqualTo(payload(100, 0));
    }

    @Test
    void takesAPacketBack() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PacketWriter writer = new PacketWriter(sent, new Sequence());
        writer.begin().putByte(1);
        writer.end();
        writer.begin().putBytes(new byte[1000]);
        writer.cancel();
        writer.begin().putByte(2);
        writer.end();
        writer.flush();
        assertThat(sent.toByteArray()).containsExactly(1, 0, 0, 0, 1, 1, 0, 0, 1, 2);
    }
}
