package io.qomo.serve.session;

import io.qomo.base.env.Env;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.variable.GlobalVariables;
import io.qomo.serve.variable.VariableValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// The system variables that tell how the server was started and where it runs.
final class ServerVariables {
    private static final String UUID_NAME = "server_uuid";

    private ServerVariables() {}

    static void set(GlobalVariables variables, ServerSettings settings, MetaStore meta, Env env, String version) {
        Path dataDir = settings.dataDir();
        set(variables, "version", version);
        set(variables, "version_comment", "Qomo, a distributed SQL database");
        set(variables, "version_compile_machine", System.getProperty("os.arch", ""));
        set(variables, "version_compile_os", System.getProperty("os.name", ""));
        set(variables, "bind_address", settings.host());
        set(variables, "datadir", dataDir == null ? "" : dataDir + "/");
        set(variables, "tmpdir", settings.temporary().toString());
        set(variables, "server_uuid", uuid(meta, env));
        set(variables, "system_time_zone", ZoneId.systemDefault().getDisplayName(TextStyle.SHORT, Locale.ROOT));
        set(variables, "hostname", hostname());
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that cannot name itself.
            return "localhost";
        }
    }

    /// The server's identity: made once, kept with its data.
    private static String uuid(MetaStore meta, Env env) {
        byte[] known = meta.load(MetaKind.COUNTER).get(UUID_NAME);
        if (known != null) {
            return new String(known, StandardCharsets.UTF_8);
        }
        byte[] bits = new byte[16];
        env.secureRandom(bits);
        String made = UUID.nameUUIDFromBytes(bits).toString();
        meta.write(List.of(new MetaStore.Change(MetaKind.COUNTER, UUID_NAME, made.getBytes(StandardCharsets.UTF_8))));
        return made;
    }

    static void setPort(GlobalVariables variables, int port) {
        variables.set("port", VariableValue.of(port));
        variables.set("report_port", VariableValue.of(port));
    }

    private static void set(GlobalVariables variables, String name, String value) {
        variables.set(name, VariableValue.of(value));
    }
}
