package io.qomo.serve.session;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.serve.variable.SessionVariables;
import io.qomo.serve.variable.VariableValue;
import org.jspecify.annotations.Nullable;

/// The character set variables of a session, which change together.
final class CharsetSetter {
    private final ServerSession session;

    CharsetSetter(ServerSession session) {
        this.session = session;
    }

    /// SET NAMES, and the collation of the handshake.
    void setNames(Charset charset, @Nullable Collation collation) {
        set("character_set_client", charset.sqlName());
        set("character_set_results", charset.sqlName());
        set("character_set_connection", charset.sqlName());
        set("collation_connection", (collation == null ? defaultOf(charset) : collation).sqlName());
        track();
    }

    /// The collation a client asks for when it connects; those that are no client's character set are not taken.
    void setFromHandshake(Collation collation) {
        setNames(collation.charset(), collation);
        session.tracker().take();
    }

    /// SET CHARACTER SET: the connection takes the database's.
    void setCharset(Charset charset) {
        set("character_set_client", charset.sqlName());
        set("character_set_results", charset.sqlName());
        String collation = session.variables().value("collation_database").text();
        set("collation_connection", collation);
        set(
                "character_set_connection",
                session.variables().value("character_set_database").text());
        track();
    }

    /// The current database's collation.
    void setDatabase(Collation collation) {
        set("character_set_database", collation.charset().sqlName());
        set("collation_database", collation.sqlName());
    }

    /// Keeps the collation of a pair with its character set, after one of them was set by itself.
    void followed(String name, VariableValue value) {
        switch (name) {
            case "character_set_connection" ->
                set("collation_connection", defaultOf(charset(value)).sqlName());
            case "collation_connection" ->
                set("character_set_connection", collation(value).charset().sqlName());
            case "character_set_server" ->
                set("collation_server", defaultOf(charset(value)).sqlName());
            case "collation_server" ->
                set("character_set_server", collation(value).charset().sqlName());
            case "character_set_database" ->
                set("collation_database", defaultOf(charset(value)).sqlName());
            case "collation_database" ->
                set("character_set_database", collation(value).charset().sqlName());
            default -> {}
        }
    }

    private static Charset charset(VariableValue value) {
        return io.qomo.serve.variable.Charsets.named(value.text());
    }

    private static Collation collation(VariableValue value) {
        return io.qomo.serve.variable.Charsets.collationNamed(value.text());
    }

    private Collation defaultOf(Charset charset) {
        return charset == Charset.UTF8MB4
                ? collation(session.variables().value("default_collation_for_utf8mb4"))
                : Collation.defaultOf(charset);
    }

    private void set(String name, String value) {
        SessionVariables variables = session.variables();
        variables.set(variables.globals().table().get(name), VariableValue.of(value));
        session.variablesChanged(true);
    }

    private void track() {
        for (String name : new String[] {"character_set_client", "character_set_connection", "character_set_results"}) {
            session.tracker().variable(name, session.variables().value(name).text());
        }
    }
}
