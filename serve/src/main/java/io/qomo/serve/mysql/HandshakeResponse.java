package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client says of itself when it connects or changes its user.
///
/// @param capabilities CLIENT_* bits
/// @param collation of its strings
/// @param user name of the account
/// @param reply proof of the password
/// @param database to select, or null
/// @param plugin that made the reply
/// @param attributes connection attributes
/// @param zstdLevel compression level it wishes, 0 if none
record HandshakeResponse(
        int capabilities,
        Collation collation,
        String user,
        byte[] reply,
        @Nullable String database,
        String plugin,
        Map<String, String> attributes,
        int zstdLevel) {
    private static final int FILLER_BYTES = 23;
    private static final int MAX_USER_BYTES = 32 * 4;
    private static final int MAX_ATTRIBUTES_BYTES = 64 << 10;

    /// Reads the client's first packet; TLS requests are told apart by their length before.
    static HandshakeResponse read(Payload in) {
        int capabilities = in.readInt();
        if ((capabilities & Capability.PROTOCOL_41) == 0) {
            throw new SqlException(ErrorCode.AUTH_NOT_SUPPORTED);
        }
        in.readInt();
        Collation collation = collation(in.readByte());
        in.skip(FILLER_BYTES);
        byte[] user = in.readNulBytes();
        byte[] reply;
        if ((capabilities & Capability.PLUGIN_AUTH_LENENC_DATA) != 0) {
            reply = in.readLenencBytes();
        } else if ((capabilities & Capability.SECURE_CONNECTION) != 0) {
            reply = in.readBytes(in.readByte());
        } else {
            throw new SqlException(ErrorCode.AUTH_NOT_SUPPORTED);
        }
        Charset charset = collation.charset();
        String database = null;
        if ((capabilities & Capability.CONNECT_WITH_DB) != 0 && in.remaining() > 0) {
            database = emptyToNull(ResultCharset.decode(in.readNulOrRestBytes(), charset));
        }
        String plugin = plugin(capabilities, in);
        Map<String, String> attributes = attributes(capabilities, in, charset);
        int level = (capabilities & Capability.ZSTD_COMPRESSION) != 0 && in.remaining() > 0 ? in.readByte() : 0;
        return new HandshakeResponse(
                capabilities, collation, user(user, charset), reply, database, plugin, attributes, level);
    }

    /// Reads a COM_CHANGE_USER packet behind its command byte.
    static HandshakeResponse readChangeUser(Payload in, int capabilities, Collation current, Charset charset) {
        byte[] user = in.readNulBytes();
        byte[] reply = in.readBytes(in.readByte());
        String database = emptyToNull(ResultCharset.decode(in.readNulOrRestBytes(), charset));
        Collation collation = in.remaining() >= 2 ? collation(in.readShort()) : current;
        String plugin = plugin(capabilities, in);
        Map<String, String> attributes = attributes(capabilities, in, charset);
        return new HandshakeResponse(
                capabilities, collation, user(user, charset), reply, database, plugin, attributes, 0);
    }

    boolean has(int capability) {
        return (capabilities & capability) != 0;
    }

    /// Collations of MySQL that Qomo lacks become the server's default, as MySQL does for those it lacks.
    static Collation collation(int id) {
        return Collation.byId(id).orElse(Collation.UTF8MB4_0900_AI_CI);
    }

    private static String user(byte[] name, Charset charset) {
        if (name.length > MAX_USER_BYTES) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        return ResultCharset.decode(name, charset);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String plugin(int capabilities, Payload in) {
        if ((capabilities & Capability.PLUGIN_AUTH) == 0 || in.remaining() == 0) {
            return Verifiers.NATIVE;
        }
        return ResultCharset.decode(in.readNulOrRestBytes(), Charset.ASCII);
    }

    private static Map<String, String> attributes(int capabilities, Payload in, Charset charset) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if ((capabilities & Capability.CONNECT_ATTRS) == 0 || in.remaining() == 0) {
            return attributes;
        }
        int length = in.readLenencLength();
        if (length > MAX_ATTRIBUTES_BYTES) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        Payload list = new Payload().set(in.array(), in.skip(length), length);
        while (list.remaining() > 0) {
            String name = ResultCharset.decode(list.readLenencBytes(), charset);
            attributes.put(name, ResultCharset.decode(list.readLenencBytes(), charset));
        }
        return attributes;
    }
}
