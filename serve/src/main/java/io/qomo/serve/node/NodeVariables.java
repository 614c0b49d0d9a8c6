package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.variable.GlobalVariables;
import io.qomo.serve.variable.VariableValue;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// The system variables that tell how the node was started and where it runs. The port follows when it is taken.
final class NodeVariables {
    private static final String UUID_NAME = "server_uuid";

    private NodeVariables() {}

    static void set(
            GlobalVariables variables, NodeOptions options, Path temporary, MetaStore meta, Env env, String version) {
        variables.set("max_connections", VariableValue.of(options.maxConnections()));
        Path dataDir = options.dataDir();
        if (dataDir != null) {
            set(variables, "datadir", dataDir + "/");
            set(variables, "secure_file_priv", dataDir.resolve("files") + "/");
            set(variables, "pid_file", dataDir.resolve(DataDirectory.PID_FILE).toString());
        }
        set(variables, "basedir", baseDirectory());
        set(variables, "version", version);
        set(variables, "version_comment", "Qomo, a SQL database that speaks MySQL");
        set(variables, "version_compile_machine", machine());
        set(variables, "version_compile_os", System.getProperty("os.name", ""));
        set(variables, "bind_address", options.host());
        set(variables, "tmpdir", temporary.toString());
        set(variables, "server_uuid", uuid(meta, env));
        set(variables, "system_time_zone", ZoneId.systemDefault().getDisplayName(TextStyle.SHORT, Locale.ROOT));
        set(variables, "hostname", hostname());
    }

    /// The machine's architecture as compilers name it.
    private static String machine() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /// Where the program lies: the jar's directory.
    private static String baseDirectory() {
        try {
            URL code = NodeVariables.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(code.toURI()).resolveSibling("") + "/";
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // Not a file, as in a jar within a jar.
            return "/";
        }
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

    private static void set(GlobalVariables variables, String name, String value) {
        variables.set(name, VariableValue.of(value));
    }
}
