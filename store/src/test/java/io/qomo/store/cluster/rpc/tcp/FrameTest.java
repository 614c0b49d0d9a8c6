package io.qomo.store.cluster.rpc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final byte[] FRAME = RawPeer.bytes(FrameKind.REQUEST, 200, -5, "payload".getBytes());

    @Test
    void readsWhatItWrites() throws Exception {
        FrameReader reader = reader(FRAME);
        FrameHeader header = reader.header();
        assertThat(header.kind()).isEqualTo(FrameKind.REQUEST);
        assertThat(header.service()).isEqualTo(200);
        assertThat(header.id()).isEqualTo(-5);
        assertThat(reader.payload(header)).isEqualTo("payload".getBytes());
        assertThat(reader.received()).isEqualTo(FRAME.length);
    }

    @Test
    void noticesEveryFlippedBit() {
        for (int bit = 0; bit < FRAME.length * 8; bit++) {
            byte[] broken = FRAME.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read(broken)).isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void noticesEveryCut() {
        for (int length = 0; length < FRAME.length; length++) {
            byte[] cut = Arrays.copyOf(FRAME, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void believesNoLengthAboveTheLimit() {
        byte[] frame = RawPeer.bytes(FrameKind.REQUEST, 1, 1, new byte[1001]);
        assertThatThrownBy(() -> read(frame)).hasMessage("frame of 1001 bytes, limit 1000");
        new FrameHeader(FrameKind.REQUEST, 1, 1, 1, 0, -1, 0).write(frame, 0);
        assertThatThrownBy(() -> read(frame)).hasMessage("frame of 4294967295 bytes, limit 1000");
    }

    @Test
    void helloKeepsItsContents() throws Exception {
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        nonce[31] = 9;
        PeerIdentity identity = new PeerIdentity(new byte[] {4}, -3, NodeAddress.parse("[::1]:65535"));
        byte[] bytes = new Hello(new ProtocolVersions(2, 40_000), true, nonce, identity).encode();
        Hello read = Hello.decode(Arrays.copyOf(bytes, bytes.length + 10));
        assertThat(read.versions()).isEqualTo(new ProtocolVersions(2, 40_000));
        assertThat(read.hasSecret()).isTrue();
        assertThat(read.nonce()).isEqualTo(nonce);
        assertThat(read.identity()).isEqualTo(identity);
        assertThat(read.identity().address()).hasToString("[::1]:65535");
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Hello.decode(cut)).isInstanceOf(MalformedFrameException.class);
        }
    }

    private static FrameReader reader(byte[] bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes), () -> 1, 1000, 1000);
    }

    private static void read(byte[] bytes) throws IOException {
        FrameReader reader = reader(bytes);
        reader.payload(reader.header());
    }
}
