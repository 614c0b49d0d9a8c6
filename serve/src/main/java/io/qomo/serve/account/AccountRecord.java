package io.qomo.serve.account;

import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.session.api.Account;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// An account or role as it is stored. Immutable; the verifier's array is never written.
///
/// @param id its name
/// @param plugin how it authenticates
/// @param verifier the authentication string; empty means no password
/// @param locked cannot log in (roles are created locked)
/// @param expired must set a password first
/// @param lifetimeDays PASSWORD EXPIRE INTERVAL, 0 for NEVER, -1 for DEFAULT
/// @param tls `NONE`, `SSL` or `X509`
/// @param resources limits by name as in CREATE USER, only those set
/// @param attributes COMMENT and ATTRIBUTE as one JSON object, or empty
/// @param passwordChangedMicros when the password was set, microseconds since 1970 UTC
/// @param grants what it may do
/// @param defaultRoles active after login
public record AccountRecord(
        AccountId id,
        String plugin,
        byte[] verifier,
        boolean locked,
        boolean expired,
        int lifetimeDays,
        String tls,
        Map<String, Long> resources,
        String attributes,
        long passwordChangedMicros,
        Grants grants,
        List<AccountId> defaultRoles) {
    private static final int VERSION = 1;

    /// Copies the collections.
    public AccountRecord {
        resources = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        defaultRoles = List.copyOf(new TreeSet<>(defaultRoles));
    }

    /// As the protocol sees it.
    public Account toAccount() {
        return new Account(id.user(), id.host(), plugin, verifier, locked, expired, !tls.equals("NONE"));
    }

    /// With other grants.
    public AccountRecord withGrants(Grants other) {
        return new AccountRecord(
                id,
                plugin,
                verifier,
                locked,
                expired,
                lifetimeDays,
                tls,
                resources,
                attributes,
                passwordChangedMicros,
                other,
                defaultRoles);
    }

    /// With another name.
    public AccountRecord withId(AccountId other) {
        return new AccountRecord(
                other,
                plugin,
                verifier,
                locked,
                expired,
                lifetimeDays,
                tls,
                resources,
                attributes,
                passwordChangedMicros,
                grants,
                defaultRoles);
    }

    /// With other default roles.
    public AccountRecord withDefaultRoles(List<AccountId> roles) {
        return new AccountRecord(
                id,
                plugin,
                verifier,
                locked,
                expired,
                lifetimeDays,
                tls,
                resources,
                attributes,
                passwordChangedMicros,
                grants,
                roles);
    }

    byte[] encode() {
        RecordWriter out = new RecordWriter(VERSION);
        writeId(out, id);
        out.text(plugin)
                .bytes(verifier)
                .flag(locked)
                .flag(expired)
                .number(lifetimeDays)
                .text(tls)
                .list(resources.entrySet(), (o, e) -> o.text(e.getKey()).number(e.getValue()))
                .text(attributes)
                .number(passwordChangedMicros);
        out.number(grants.global())
                .list(grants.dynamic().entrySet(), (o, e) -> o.text(e.getKey()).flag(e.getValue()))
                .list(
                        grants.databases().entrySet(),
                        (o, e) -> o.text(e.getKey()).number(e.getValue()))
                .list(grants.tables().entrySet(), (o, e) -> {
                    o.text(e.getKey().database())
                            .text(e.getKey().table())
                            .number(e.getValue().mask());
                    o.list(
                            e.getValue().columns().entrySet(),
                            (c, m) -> c.text(m.getKey()).number(m.getValue()));
                })
                .list(grants.roles().entrySet(), (o, e) -> {
                    writeId(o, e.getKey());
                    o.flag(e.getValue());
                });
        return out.list(defaultRoles, AccountRecord::writeId).toBytes();
    }

    static AccountRecord decode(byte[] record) {
        RecordReader in = new RecordReader(record, VERSION);
        return new AccountRecord(
                readId(in),
                in.text(),
                in.bytes(),
                in.flag(),
                in.flag(),
                in.integer(),
                in.text(),
                map(in.list(i -> Map.entry(i.text(), i.number()))),
                in.text(),
                in.number(),
                readGrants(in),
                in.list(AccountRecord::readId));
    }

    private static Grants readGrants(RecordReader in) {
        return new Grants(
                in.number(),
                map(in.list(i -> Map.entry(i.text(), i.flag()))),
                map(in.list(i -> Map.entry(i.text(), i.number()))),
                map(in.list(i -> Map.entry(
                        new Grants.TableKey(i.text(), i.text()),
                        new Grants.TableGrant(i.number(), map(i.list(c -> Map.entry(c.text(), c.number()))))))),
                map(in.list(i -> Map.entry(readId(i), i.flag()))));
    }

    private static void writeId(RecordWriter out, AccountId id) {
        out.text(id.user()).text(id.host());
    }

    private static AccountId readId(RecordReader in) {
        return new AccountId(in.text(), in.text());
    }

    private static <K, V> Map<K, V> map(List<Map.Entry<K, V>> entries) {
        Map<K, V> map = new LinkedHashMap<>();
        entries.forEach(e -> map.put(e.getKey(), e.getValue()));
        return map;
    }
}
