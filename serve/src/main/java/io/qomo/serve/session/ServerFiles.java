package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.account.Privilege;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Files of the server's machine that statements may read and write: those below `secure_file_priv`.
final class ServerFiles {
    private ServerFiles() {}

    /// A file a statement names; relative names start at the data directory. Errors OPTION_PREVENTS_STATEMENT if it
    /// lies elsewhere or leads elsewhere by a link.
    static Path resolve(ServerSession session, String name) {
        String allowed = session.variables().value("secure_file_priv").text();
        String dataDir = session.variables().value("datadir").text();
        Path path = Path.of(dataDir).resolve(name).toAbsolutePath().normalize();
        if (allowed.equals("NULL")) {
            throw prevented();
        }
        if (!allowed.isEmpty()) {
            Path root = Path.of(allowed).toAbsolutePath().normalize();
            if (!path.startsWith(root) || !real(path.getParent()).startsWith(real(root))) {
                throw prevented();
            }
        }
        return path;
    }

    private static SqlException prevented() {
        return new SqlException(ErrorCode.OPTION_PREVENTS_STATEMENT, "--secure-file-priv");
    }

    /// Where a folder lies after links; the path itself if there is no such folder.
    private static Path real(@Nullable Path folder) {
        if (folder == null) {
            throw prevented();
        }
        try {
            return Files.exists(folder) ? folder.toRealPath() : folder;
        } catch (IOException e) {
            throw SqlException.causedBy(e, ErrorCode.OPTION_PREVENTS_STATEMENT, "--secure-file-priv");
        }
    }

    /// Error ACCESS_DENIED without the FILE privilege.
    static void requirePrivilege(ServerSession session) {
        if (!session.access().has(Privilege.FILE)) {
            throw new SqlException(
                    ErrorCode.ACCESS_DENIED,
                    session.access().account().user(),
                    session.access().account().host(),
                    "YES");
        }
    }
}
