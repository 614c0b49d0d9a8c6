package io.qomo.serve.mysql;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.serve.mysql.result.ColumnDefinitions;
import io.qomo.serve.session.api.Session;
import org.jspecify.annotations.Nullable;

/// Column definitions in the character set that results have now. Owned by the connection's thread.
final class ColumnDefinitionSource {
    private Collation handshake;
    private @Nullable Charset charset;
    private @Nullable ColumnDefinitions current;

    ColumnDefinitionSource(Collation handshake) {
        this.handshake = handshake;
    }

    /// The client has said another collation.
    void setHandshake(Collation collation) {
        handshake = collation;
        current = null;
    }

    Collation handshake() {
        return handshake;
    }

    ColumnDefinitions of(Session session) {
        Charset now = session.resultCharset();
        ColumnDefinitions definitions = current;
        if (definitions == null || now != charset) {
            definitions = new ColumnDefinitions(now, handshake);
            charset = now;
            current = definitions;
        }
        return definitions;
    }
}
