package io.qomo.query.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MiscFunctionsTest {
    private final FakeContext context = new FakeContext();
    private final ExpressionTable table = new ExpressionTable(context);

    @Test
    void tellsOfTheSession() {
        table.check("""
                DATABASE() => test
                SCHEMA() => test
                USER() => root@localhost
                CURRENT_USER() => root@%
                SESSION_USER() => root@localhost
                CURRENT_ROLE() => NONE
                VERSION() => 8.0.41-qomo
                CONNECTION_ID() => 42
                LAST_INSERT_ID() => 7
                LAST_INSERT_ID(9) => 9
                LAST_INSERT_ID() => 9
                ROW_COUNT() => -1
                FOUND_ROWS() => 3
                BENCHMARK(10, MD5('x')) => 0
                BENCHMARK(-1, 1) => NULL
                GET_LOCK('a', 1) => 1
                IS_USED_LOCK('a') => 42
                IS_FREE_LOCK('a') => 0
                RELEASE_LOCK('a') => 1
                RELEASE_LOCK('a') => NULL
                GET_LOCK('', 1) => ERROR 3057
                RELEASE_ALL_LOCKS() => 0
                SLEEP(0) => 0
                ANY_VALUE(3) => 3
                NAME_CONST('x', 4) => 4
                NO_SUCH_FUNCTION() => ERROR 1305
                LPAD('a') => ERROR 1582
                """);
    }

    @Test
    void digestsAndEncrypts() {
        table.check("""
                MD5('testing') => ae2b1fca515949e5d54fb22b8ed95575
                MD5(NULL) => NULL
                SHA1('abc') => a9993e364706816aba3e25717850c26c9cd0d89d
                SHA('abc') => a9993e364706816aba3e25717850c26c9cd0d89d
                SHA2('abc', 224) => 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7
                SHA2('abc', 0) => ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
                SHA2('abc', 1) => NULL !1583
                HEX(AES_ENCRYPT('text', 'key')) => 15E36637363712FC2E699B9C95B75393
                AES_DECRYPT(AES_ENCRYPT('text', 'key'), 'key') => text
                AES_DECRYPT('x', 'key') => NULL
                AES_ENCRYPT(NULL, 'key') => NULL
                LENGTH(RANDOM_BYTES(16)) => 16
                RANDOM_BYTES(0) => ERROR 1690
                UNCOMPRESS(COMPRESS('any string')) => any string
                UNCOMPRESSED_LENGTH(COMPRESS(REPEAT('a', 30))) => 30
                COMPRESS('') =>
                """);
    }

    @Test
    void handlesAddresses() {
        table.check("""
                INET_ATON('10.0.5.9') => 167773449
                INET_ATON('127.1') => 2130706433
                INET_ATON('x') => NULL !1411
                INET_NTOA(167773449) => 10.0.5.9
                INET_NTOA(-1) => NULL !1411
                HEX(INET6_ATON('fdfe::5a55:caff:fefa:9089')) => FDFE0000000000005A55CAFFFEFA9089
                HEX(INET6_ATON('10.0.5.9')) => 0A000509
                INET6_NTOA(INET6_ATON('fdfe::5a55:caff:fefa:9089')) => fdfe::5a55:caff:fefa:9089
                INET6_NTOA(INET6_ATON('::ffff:10.0.5.9')) => ::ffff:10.0.5.9
                INET6_NTOA(INET6_ATON('::1')) => ::1
                INET6_NTOA(INET6_ATON('::')) => ::
                INET6_NTOA(UNHEX('0A000509')) => 10.0.5.9
                INET6_ATON('1::2::3') => NULL !1411
                IS_IPV4('10.0.5.9') => 1
                IS_IPV4('10.0.5.256') => 0
                IS_IPV6('::1') => 1
                IS_IPV6('10.0.5.9') => 0
                IS_IPV4_COMPAT(INET6_ATON('::10.0.5.9')) => 1
                IS_IPV4_MAPPED(INET6_ATON('::ffff:10.0.5.9')) => 1
                """);
    }

    @Test
    void handlesUuids() {
        table.check("""
                CHAR_LENGTH(UUID()) => 36
                IS_UUID(UUID()) => 1
                IS_UUID('6ccd780c-baba-1026-9564-5b8c656024db') => 1
                IS_UUID('6ccd780cbaba102695645b8c656024db') => 1
                IS_UUID('{6ccd780c-baba-1026-9564-5b8c656024db}') => 1
                IS_UUID('6ccd780c-baba-1026-9564-5b8c6560') => 0
                IS_UUID(NULL) => NULL
                HEX(UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db')) => 6CCD780CBABA102695645B8C656024DB
                HEX(UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db', 1)) => 1026BABA6CCD780C95645B8C656024DB
                BIN_TO_UUID(UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db')) => 6ccd780c-baba-1026-9564-5b8c656024db
                BIN_TO_UUID(UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db', 1), 1) => 6ccd780c-baba-1026-9564-5b8c656024db
                UUID_TO_BIN('x') => ERROR 1411
                BIN_TO_UUID('x') => ERROR 1411
                UUID_SHORT() > 0 => 1
                LTRIM(FORMAT_BYTES(512)) => 512 bytes
                FORMAT_BYTES(18446644073709551615) => 16.00 EiB
                FORMAT_PICO_TIME(3501) => 3.50 ns
                """);
    }

    @Test
    void setsAndReadsUserVariables() {
        table.check("""
                @a => NULL
                @a := 5 => 5
                @a => 5
                @A + 1 => 6
                @b := 'x' => x
                CONCAT(@b, @a) => x5
                (@a := @a + 1) + (@a := @a + 1) => 13
                """);
        assertThat(context.session.variables).containsKeys("a", "b");
    }
}
