package io.qomo.serve.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    void readsWhatTheBufferWrites() {
        long[] numbers = {0, 250, 251, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000, Integer.MAX_VALUE, Long.MAX_VALUE};
        WireBuffer out = new WireBuffer(1);
        for (long number : numbers) {
            out.putLenenc(number);
        }
        out.putByte(200);
        out.putShort(60_000);
        out.putInt3(0xABCDEF);
        out.putInt(-5);
        out.putLong(Long.MIN_VALUE);
        out.putLenencBytes(new byte[] {1, 2});
        out.putBytes(new byte[] {7, 0, 8});
        Payload in = new Payload().set(out.array(), 0, out.size());
        for (long number : numbers) {
            assertThat(in.readLenenc()).isEqualTo(number);
        }
        assertThat(in.readByte()).isEqualTo(200);
        assertThat(in.readShort()).isEqualTo(60_000);
        assertThat(in.readInt3()).isEqualTo(0xABCDEF);
        assertThat(in.readInt()).isEqualTo(-5);
        assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.readLenencBytes()).containsExactly(1, 2);
        assertThat(in.readNulBytes()).containsExactly(7);
        assertThat(in.readNulOrRestBytes()).containsExactly(8);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void neverReadsPastTheEnd() {
        refuses(new byte[] {}, Payload::readByte);
        refuses(new byte[1], Payload::readShort);
        refuses(new byte[2], Payload::readInt3);
        refuses(new byte[3], Payload::readInt);
        refuses(new byte[7], Payload::readLong);
        refuses(new byte[] {(byte) 0xFB}, Payload::readLenenc);
        refuses(new byte[] {(byte) 0xFF}, Payload::readLenenc);
        refuses(new byte[] {(byte) 0xFC, 1}, Payload::readLenenc);
        refuses(new byte[] {(byte) 0xFE, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80}, Payload::readLenenc);
        refuses(new byte[] {5, 1, 2, 3, 4}, Payload::readLenencBytes);
        refuses(new byte[] {(byte) 0xFE, -1, -1, -1, -1, -1, -1, -1, 0x7F}, Payload::readLenencBytes);
        refuses(new byte[] {1, 2, 3}, Payload::readNulBytes);
        refuses(new byte[3], in -> in.skip(4));
        refuses(new byte[3], in -> in.skip(-1));
    }

    private static void refuses(byte[] bytes, Consumer<Payload> read) {
        byte[] larger = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, larger, 10, bytes.length);
        Payload in = new Payload().set(larger, 10, bytes.length);
        assertThatThrownBy(() -> read.accept(in))
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_PACKET));
    }
}
