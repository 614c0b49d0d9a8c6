package io.qomo.serve.systemtable;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.serve.account.Privilege;
import java.util.List;

/// Facts about the server: character sets, engines, plug-ins, sessions.
final class ServerTables {
    private final ServerFacts facts;

    ServerTables(ServerFacts facts) {
        this.facts = facts;
    }

    List<SystemTableSpec> specs() {
        return List.of(
                charsets(), collations(), applicability(), engines(), plugins(), processes(), nodes(), profiling());
    }

    private static SystemTableSpec charsets() {
        return SystemTableSpec.schema("CHARACTER_SETS")
                .text(64, "CHARACTER_SET_NAME", "DEFAULT_COLLATE_NAME")
                .text(2048, "DESCRIPTION")
                .integer("MAXLEN")
                .rows((_, _, out) -> {
                    for (Charset charset : Charset.values()) {
                        out.text(charset.sqlName()).text(defaultOf(charset).sqlName());
                        out.text(charset.description())
                                .number(charset.maxBytesPerChar())
                                .end();
                    }
                });
    }

    private static Collation defaultOf(Charset charset) {
        return charset == Charset.UTF8MB4 ? Collation.UTF8MB4_0900_AI_CI : Collation.defaultOf(charset);
    }

    private static SystemTableSpec collations() {
        return SystemTableSpec.schema("COLLATIONS")
                .text(64, "COLLATION_NAME", "CHARACTER_SET_NAME")
                .number("ID")
                .text(3, "IS_DEFAULT", "IS_COMPILED")
                .integer("SORTLEN")
                .text(9, "PAD_ATTRIBUTE")
                .rows((_, _, out) -> {
                    for (Collation collation : Collation.values()) {
                        Charset charset = collation.charset();
                        out.text(collation.sqlName()).text(charset.sqlName()).number(collation.id());
                        out.text(collation == defaultOf(charset) ? "Yes" : "").text("Yes");
                        out.number(sortLength(collation));
                        out.text(collation.padSpace() ? "PAD SPACE" : "NO PAD").end();
                    }
                });
    }

    private static int sortLength(Collation collation) {
        return switch (collation.algorithm()) {
            case BYTES, LATIN1_SWEDISH, GENERAL_CI, GBK_CHINESE, GBK_BYTES -> 1;
            case UCA_AI_CI, UCA_AS_CI, UCA_AS_CS -> collation.padSpace() ? 8 : 0;
        };
    }

    private static SystemTableSpec applicability() {
        return SystemTableSpec.schema("COLLATION_CHARACTER_SET_APPLICABILITY")
                .text(64, "COLLATION_NAME", "CHARACTER_SET_NAME")
                .rows((_, _, out) -> {
                    for (Collation collation : Collation.values()) {
                        out.text(collation.sqlName())
                                .text(collation.charset().sqlName())
                                .end();
                    }
                });
    }

    private static SystemTableSpec engines() {
        return SystemTableSpec.schema("ENGINES")
                .text(64, "ENGINE")
                .text(8, "SUPPORT")
                .text(80, "COMMENT")
                .optionalText(3, "TRANSACTIONS", "XA", "SAVEPOINTS")
                .rows((_, _, out) -> out.text("InnoDB")
                        .text("DEFAULT")
                        .text("Qomo's transactional store: row locks, foreign keys, snapshots")
                        .text("YES")
                        .text("NO")
                        .text("YES")
                        .end());
    }

    private static SystemTableSpec plugins() {
        return SystemTableSpec.schema("PLUGINS")
                .text(64, "PLUGIN_NAME")
                .text(20, "PLUGIN_VERSION")
                .text(10, "PLUGIN_STATUS")
                .text(80, "PLUGIN_TYPE")
                .text(20, "PLUGIN_TYPE_VERSION")
                .optionalText(64, "PLUGIN_LIBRARY")
                .optionalText(20, "PLUGIN_LIBRARY_VERSION")
                .optionalText(64, "PLUGIN_AUTHOR")
                .longText("PLUGIN_DESCRIPTION")
                .optionalText(80, "PLUGIN_LICENSE")
                .text(64, "LOAD_OPTION")
                .rows((_, _, out) -> {
                    plugin(out, "mysql_native_password", "AUTHENTICATION", "Native MySQL authentication");
                    plugin(out, "caching_sha2_password", "AUTHENTICATION", "Caching sha2 authentication");
                    plugin(out, "InnoDB", "STORAGE ENGINE", "Qomo's transactional store");
                });
    }

    private static void plugin(RowSink out, String name, String type, String description) {
        out.text(name)
                .text("1.0")
                .text("ACTIVE")
                .text(type)
                .text("1.0")
                .nothing()
                .nothing();
        out.text("Qomo").text(description).text("Apache-2.0").text("FORCE").end();
    }

    private SystemTableSpec processes() {
        return SystemTableSpec.schema("PROCESSLIST")
                .columns(SqlType.BIGINT_UNSIGNED, false, "ID")
                .text(32, "USER")
                .text(261, "HOST")
                .optionalText(64, "DB")
                .text(16, "COMMAND")
                .columns(SqlType.INT, false, "TIME")
                .optionalText(64, "STATE")
                .longText("INFO")
                .rows((session, _, out) -> {
                    for (ServerFacts.ProcessRow row : visible(session, facts)) {
                        out.number(row.id()).text(row.user()).text(row.host()).text(row.database());
                        out.text(row.command()).number(row.seconds()).text(row.state());
                        out.text(row.info()).end();
                    }
                });
    }

    private SystemTableSpec nodes() {
        return SystemTableSpec.schema("CLUSTER_NODES")
                .columns(SqlType.BIGINT_UNSIGNED, false, "NODE_ID")
                .text(261, "ADDRESS")
                .text(3, "IS_REPLICA", "IS_LEADER", "IS_LOCAL", "IS_REACHED")
                .rows((_, _, out) -> {
                    for (ServerFacts.NodeRow row : facts.nodes()) {
                        out.number(row.id()).text(row.address());
                        out.text(yesNo(row.holdsReplica())).text(yesNo(row.leads()));
                        out.text(yesNo(row.isLocal()))
                                .text(yesNo(row.isReached()))
                                .end();
                    }
                });
    }

    private static String yesNo(boolean is) {
        return is ? "YES" : "NO";
    }

    /// The sessions a session may see: its own account's, or all with PROCESS.
    static List<ServerFacts.ProcessRow> visible(SystemSession session, ServerFacts facts) {
        boolean all = session.access().has(Privilege.PROCESS);
        return facts.processes().stream()
                .filter(row -> all || row.user().equals(session.account().user()))
                .toList();
    }

    private static SystemTableSpec profiling() {
        return SystemTableSpec.schema("PROFILING").integer("QUERY_ID", "SEQ").text(30, "STATE");
    }
}
