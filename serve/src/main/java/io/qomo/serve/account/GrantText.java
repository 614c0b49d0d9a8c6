package io.qomo.serve.account;

import io.qomo.serve.account.Privilege.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// SHOW GRANTS and SHOW CREATE USER.
public final class GrantText {
    private GrantText() {}

    /// The GRANT statements that give an account what it holds.
    public static List<String> grants(AccountId id, Grants grants) {
        String to = " TO " + id.quoted();
        List<String> lines = new ArrayList<>();
        String names = Privilege.names(grants.global());
        lines.add("GRANT " + (names.isEmpty() ? "USAGE" : names) + " ON *.*" + to + option(grants.global()));
        for (boolean grantable : new boolean[] {true, false}) {
            String dynamic = grants.dynamic().entrySet().stream()
                    .filter(e -> e.getValue() == grantable)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining(","));
            if (!dynamic.isEmpty()) {
                lines.add("GRANT " + dynamic + " ON *.*" + to + (grantable ? " WITH GRANT OPTION" : ""));
            }
        }
        grants.databases()
                .forEach((database, mask) -> lines.add(
                        "GRANT " + names(mask, Level.DATABASE) + " ON " + quoted(database) + ".*" + to + option(mask)));
        grants.tables()
                .forEach((key, grant) -> lines.add("GRANT " + names(grant) + " ON " + quoted(key.database()) + "."
                        + quoted(key.table()) + to + option(grant.mask())));
        for (boolean admin : new boolean[] {false, true}) {
            String roles = grants.roles().entrySet().stream()
                    .filter(e -> e.getValue() == admin)
                    .map(e -> e.getKey().quoted())
                    .collect(Collectors.joining(","));
            if (!roles.isEmpty()) {
                lines.add("GRANT " + roles + to + (admin ? " WITH ADMIN OPTION" : ""));
            }
        }
        return lines;
    }

    /// The statement that makes an account again.
    public static String createUser(AccountRecord account, boolean asHex) {
        StringBuilder out =
                new StringBuilder("CREATE USER ").append(account.id().quoted());
        out.append(" IDENTIFIED WITH '").append(account.plugin()).append('\'');
        if (account.verifier().length > 0) {
            out.append(" AS ");
            if (asHex) {
                out.append("0x").append(HexFormat.of().withUpperCase().formatHex(account.verifier()));
            } else {
                out.append('\'').append(escaped(account.verifier())).append('\'');
            }
        }
        if (!account.defaultRoles().isEmpty()) {
            out.append(" DEFAULT ROLE ")
                    .append(account.defaultRoles().stream()
                            .map(AccountId::quoted)
                            .collect(Collectors.joining(",")));
        }
        out.append(" REQUIRE ").append(account.tls());
        if (!account.resources().isEmpty()) {
            out.append(" WITH");
            account.resources()
                    .forEach((name, value) ->
                            out.append(' ').append(name).append(' ').append(value));
        }
        out.append(" PASSWORD EXPIRE");
        if (!account.expired()) {
            out.append(
                    switch (account.lifetimeDays()) {
                        case -1 -> " DEFAULT";
                        case 0 -> " NEVER";
                        default -> " INTERVAL " + account.lifetimeDays() + " DAY";
                    });
        }
        out.append(account.locked() ? " ACCOUNT LOCK" : " ACCOUNT UNLOCK");
        out.append(" PASSWORD HISTORY DEFAULT PASSWORD REUSE INTERVAL DEFAULT PASSWORD REQUIRE CURRENT DEFAULT");
        if (!account.attributes().isEmpty()) {
            out.append(" ATTRIBUTE '")
                    .append(account.attributes().replace("\\", "\\\\").replace("'", "\\'"))
                    .append('\'');
        }
        return out.toString();
    }

    private static String names(long mask, Level level) {
        long all = Privilege.all(level);
        if ((mask & all) == all) {
            return "ALL PRIVILEGES";
        }
        String names = Privilege.names(mask);
        return names.isEmpty() ? "USAGE" : names;
    }

    private static String names(Grants.TableGrant grant) {
        if (grant.columns().isEmpty()) {
            return names(grant.mask(), Level.TABLE);
        }
        Map<Privilege, List<String>> byPrivilege = new LinkedHashMap<>();
        for (Privilege privilege : Privilege.values()) {
            grant.columns().forEach((column, mask) -> {
                if ((mask & privilege.bit()) != 0) {
                    byPrivilege
                            .computeIfAbsent(privilege, _ -> new ArrayList<>())
                            .add(quoted(column));
                }
            });
        }
        List<String> parts = new ArrayList<>();
        for (Privilege privilege : Privilege.values()) {
            List<String> columns = byPrivilege.get(privilege);
            if (privilege != Privilege.GRANT_OPTION && (grant.mask() & privilege.bit()) != 0) {
                parts.add(privilege.sqlName());
            }
            if (columns != null) {
                parts.add(privilege.sqlName() + " (" + String.join(", ", columns) + ")");
            }
        }
        return String.join(", ", parts);
    }

    private static String option(long mask) {
        return (mask & Privilege.GRANT_OPTION.bit()) != 0 ? " WITH GRANT OPTION" : "";
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String escaped(byte[] verifier) {
        String text = new String(verifier, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\'' -> out.append("\\'");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\0' -> out.append("\\0");
                case '\032' -> out.append("\\Z");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
