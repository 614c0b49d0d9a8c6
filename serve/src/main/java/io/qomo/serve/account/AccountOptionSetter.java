package io.qomo.serve.account;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonEdit;
import io.qomo.base.json.JsonParser;
import io.qomo.base.json.JsonPrinter;
import io.qomo.base.json.JsonValue;
import io.qomo.query.sql.ast.AccountStatement.AccountOptions;
import io.qomo.query.sql.ast.AccountStatement.NamedValue;
import io.qomo.query.sql.ast.AccountStatement.PasswordExpire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// REQUIRE, WITH, PASSWORD …, ACCOUNT LOCK, COMMENT and ATTRIBUTE of CREATE and ALTER USER.
final class AccountOptionSetter {
    private AccountOptionSetter() {}

    /// The account with the options that were written.
    static AccountRecord apply(AccountRecord account, AccountOptions options) {
        if (!options.tlsRequirements().isEmpty()) {
            throw new SqlException(
                    ErrorCode.NOT_SUPPORTED_YET,
                    "REQUIRE " + options.tlsRequirements().getFirst().name());
        }
        if ("X509".equals(options.tls())) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "REQUIRE X509");
        }
        for (NamedValue option : options.passwordOptions()) {
            boolean isInherited = option.value().equalsIgnoreCase("DEFAULT")
                    || option.value().equalsIgnoreCase("OPTIONAL")
                    || option.value().equals("0");
            if (!isInherited) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "PASSWORD " + option.name());
            }
        }
        boolean expired = account.expired();
        int lifetimeDays = account.lifetimeDays();
        PasswordExpire expire = options.passwordExpire();
        if (expire != null) {
            switch (expire.kind()) {
                case NOW -> expired = true;
                case DEFAULT -> lifetimeDays = -1;
                case NEVER -> lifetimeDays = 0;
                case INTERVAL -> lifetimeDays = expire.days();
            }
        }
        String comment = options.comment();
        String attribute = options.attribute();
        String attributes = account.attributes();
        if (comment != null) {
            attributes = merged(attributes, "{\"comment\": " + json(comment) + "}");
        } else if (attribute != null) {
            attributes = merged(attributes, attribute);
        }
        return new AccountRecord(
                account.id(),
                account.plugin(),
                account.verifier(),
                options.locked() == null ? account.locked() : options.locked(),
                expired,
                lifetimeDays,
                options.tls() == null ? account.tls() : options.tls(),
                resources(account, options),
                attributes,
                account.passwordChangedMicros(),
                account.grants(),
                account.defaultRoles());
    }

    private static Map<String, Long> resources(AccountRecord account, AccountOptions options) {
        Map<String, Long> resources = new LinkedHashMap<>(account.resources());
        for (NamedValue option : options.resources()) {
            long value = Long.parseLong(option.value());
            if (value != 0 && !option.name().equals("MAX_USER_CONNECTIONS")) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, option.name());
            }
            resources.put(option.name(), value);
            resources.values().removeIf(v -> v == 0);
        }
        return resources;
    }

    /// The attributes with others merged into them (RFC 7396): null removes a member. Error 3969.
    private static String merged(String attributes, String patch) {
        JsonValue changes = object(patch);
        JsonValue before = object(attributes.isEmpty() ? "{}" : attributes);
        return JsonPrinter.toString(JsonEdit.mergePatch(before, changes));
    }

    private static JsonValue object(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] document = new JsonParser().parse(utf8, 0, utf8.length);
        if (document == null || !JsonValue.of(document).isObject()) {
            throw new SqlException(ErrorCode.INVALID_USER_ATTRIBUTE_JSON);
        }
        return JsonValue.of(document);
    }

    private static String json(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
