package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encryption and compression functions.
///
/// Source: MySQL 8.0 manual, "Encryption and Compression Functions".
final class CryptoFunctions {
    static final FunctionTable TABLE = new FunctionTable("Encryption and Compression Functions")
            .add("AES_DECRYPT(crypt_str, key_str[, init_vector])", c -> aes(c, false))
            .add("AES_ENCRYPT(str, key_str[, init_vector])", c -> aes(c, true))
            .add("COMPRESS(string_to_compress)", CryptoFunctions::compress)
            .add("MD5(str)", c -> digest(c, "MD5", 32))
            .add("RANDOM_BYTES(len)", CryptoFunctions::randomBytes)
            .add("SHA(str)", c -> digest(c, "SHA-1", 40))
            .add("SHA1(str)", c -> digest(c, "SHA-1", 40))
            .add("SHA2(str, hash_length)", CryptoFunctions::sha2)
            .add("UNCOMPRESS(string_to_uncompress)", CryptoFunctions::uncompress)
            .add("UNCOMPRESSED_LENGTH(compressed_string)", CryptoFunctions::uncompressedLength);

    private static final int AES_BLOCK = 16;
    private static final int MAX_RANDOM_BYTES = 1024;
    private static final int LENGTH_BYTES = 4;

    private CryptoFunctions() {}

    private static Expr digest(Binding call, String algorithm, int chars) {
        call.binary(0);
        return call.returnsText(chars, row -> row.set(hex(algorithm, row.bytes(0))));
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, algorithm);
        }
    }

    private static Expr sha2(Binding call) {
        call.binary(0).integer(1);
        return call.nullable().returnsText(128, row -> {
            String algorithm = switch ((int) row.integer(1)) {
                case 0, 256 -> "SHA-256";
                case 224 -> "SHA-224";
                case 384 -> "SHA-384";
                case 512 -> "SHA-512";
                default -> "";
            };
            if (algorithm.isEmpty()) {
                row.context.warn(ErrorCode.WRONG_PARAMETERS_TO_FUNCTION, "sha2");
                row.setNull();
            } else {
                row.set(hex(algorithm, row.bytes(0)));
            }
        });
    }

    private static Expr aes(Binding call, boolean encrypts) {
        call.binary(0, 1);
        if (call.size() == 3) {
            call.binary(2);
        }
        long bytes = encrypts ? call.chars(0) / AES_BLOCK * AES_BLOCK + AES_BLOCK : call.chars(0);
        return call.stable().nullable().lenient().returnsBinary(bytes, row -> {
            if (row.isNull(0) || row.isNull(1)) {
                row.setNull();
                return;
            }
            Cipher cipher = cipher(row, encrypts);
            try {
                row.set(cipher.doFinal(row.bytes(0)));
            } catch (GeneralSecurityException badPadding) {
                row.setNull();
            }
        });
    }

    private static Cipher cipher(Row row, boolean encrypts) {
        String mode = ((BytesVector) row.context.session().systemVariable(false, "block_encryption_mode"))
                .getString(0)
                .toLowerCase(Locale.ROOT);
        String[] parts = mode.split("-", -1);
        int keyBytes = Integer.parseInt(parts[1]) / 8;
        String block = parts[2].toUpperCase(Locale.ROOT).replaceAll("(CFB|OFB)(1|8|128)$", "$1$2");
        boolean isStream = block.startsWith("CFB") || block.startsWith("OFB");
        boolean needsVector = !block.equals("ECB");
        if (needsVector && row.width() < 3) {
            throw new SqlException(
                    ErrorCode.WRONG_PARAMETER_COUNT_TO_FUNCTION, encrypts ? "aes_encrypt" : "aes_decrypt");
        }
        if (needsVector && (row.isNull(2) || row.length(2) < AES_BLOCK)) {
            throw new SqlException(ErrorCode.AES_INVALID_IV, encrypts ? "aes_encrypt" : "aes_decrypt", AES_BLOCK);
        }
        SecretKeySpec key = new SecretKeySpec(foldKey(row.bytes(1), keyBytes), "AES");
        try {
            Cipher cipher = Cipher.getInstance("AES/" + block + (isStream ? "/NoPadding" : "/PKCS5Padding"));
            int direction = encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
            if (needsVector) {
                cipher.init(direction, key, new IvParameterSpec(Arrays.copyOf(row.bytes(2), AES_BLOCK)));
            } else {
                cipher.init(direction, key);
            }
            return cipher;
        } catch (GeneralSecurityException e) {
            throw SqlException.causedBy(e, ErrorCode.NOT_SUPPORTED_YET, "block_encryption_mode " + mode);
        }
    }

    /// Longer keys are folded on themselves by XOR, shorter ones filled with zeros.
    private static byte[] foldKey(byte[] key, int bytes) {
        byte[] folded = new byte[bytes];
        for (int i = 0; i < key.length; i++) {
            folded[i % bytes] ^= key[i];
        }
        return folded;
    }

    private static Expr randomBytes(Binding call) {
        call.integer(0);
        return call.volatileResult().nullable().returnsBinary(MAX_RANDOM_BYTES, row -> {
            long length = row.integer(0);
            if (length < 1 || length > MAX_RANDOM_BYTES) {
                throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "length", "random_bytes");
            }
            byte[] bytes = new byte[(int) length];
            row.context.session().secureRandom(bytes);
            row.set(bytes);
        });
    }

    /// Four bytes of length, low first, then the deflated bytes; a dot more if they end in a space.
    private static Expr compress(Binding call) {
        call.binary(0);
        return call.nullable().returnsBinary(call.chars(0) + call.chars(0) / 8 + 64, row -> {
            int length = row.length(0);
            if (length == 0) {
                row.setEmpty();
                return;
            }
            ByteBuilder out = row.buffer();
            for (int shift = 0; shift < 8 * LENGTH_BYTES; shift += 8) {
                out.put(length >>> shift);
            }
            Deflater deflater = new Deflater();
            try {
                deflater.setInput(row.base(0), row.offset(0), length);
                deflater.finish();
                byte[] chunk = new byte[8192];
                while (!deflater.finished()) {
                    int n = deflater.deflate(chunk);
                    out.put(chunk, 0, n);
                }
            } finally {
                deflater.end();
            }
            if (out.array()[out.length() - 1] == ' ') {
                out.put('.');
            }
            row.set(out);
        });
    }

    private static long length(Row row) {
        byte[] bytes = row.base(0);
        int from = row.offset(0);
        return (bytes[from] & 0xFFL)
                | (bytes[from + 1] & 0xFFL) << 8
                | (bytes[from + 2] & 0xFFL) << 16
                | (bytes[from + 3] & 0x3FL) << 24;
    }

    private static Expr uncompress(Binding call) {
        call.binary(0);
        return call.nullable().returnsBinary(TextTypes.MAX_CHARS, row -> {
            if (row.length(0) == 0) {
                row.setEmpty();
                return;
            }
            if (row.length(0) <= LENGTH_BYTES) {
                row.context.warn(ErrorCode.ZLIB_DATA_ERROR);
                row.setNull();
                return;
            }
            long length = length(row);
            if (row.isTooLong(length, "uncompress")) {
                return;
            }
            byte[] result = new byte[(int) length];
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(row.base(0), row.offset(0) + LENGTH_BYTES, row.length(0) - LENGTH_BYTES);
                int n = inflater.inflate(result);
                if (n != length) {
                    row.context.warn(ErrorCode.ZLIB_DATA_ERROR);
                    row.setNull();
                } else {
                    row.set(result);
                }
            } catch (DataFormatException e) {
                row.context.warn(ErrorCode.ZLIB_DATA_ERROR);
                row.setNull();
            } finally {
                inflater.end();
            }
        });
    }

    private static Expr uncompressedLength(Binding call) {
        call.binary(0);
        return call.nullable().returnsLong(row -> {
            if (row.length(0) == 0) {
                row.set(0L);
            } else if (row.length(0) <= LENGTH_BYTES) {
                row.context.warn(ErrorCode.ZLIB_DATA_ERROR);
                row.set(0L);
            } else {
                row.set(length(row));
            }
        });
    }
}
