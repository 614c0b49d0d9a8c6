package io.qomo.serve.account;

import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The accounts on disk and in memory. Any thread; changes are durable before they are seen.
public final class AccountStore {
    /// The first account.
    public static final AccountId ROOT = new AccountId("root", "localhost");

    private final MetaStore meta;
    private volatile State state;

    private record State(long version, Map<AccountId, AccountRecord> accounts) {}

    /// Loads the accounts; a store without any gets `root@localhost`, which may do everything and has no password.
    public AccountStore(MetaStore meta, long nowMicros) {
        this.meta = meta;
        Map<AccountId, AccountRecord> loaded = new TreeMap<>();
        for (byte[] record : meta.load(MetaKind.ACCOUNT).values()) {
            AccountRecord account = AccountRecord.decode(record);
            loaded.put(account.id(), account);
        }
        state = new State(1, Collections.unmodifiableMap(loaded));
        if (loaded.isEmpty()) {
            change(accounts -> {
                accounts.put(ROOT, root(nowMicros));
                return accounts;
            });
        }
    }

    private static AccountRecord root(long nowMicros) {
        Map<String, Boolean> dynamic = new TreeMap<>();
        DynamicPrivileges.NAMES.forEach(name -> dynamic.put(name, true));
        Grants grants =
                new Grants(Privilege.ALL_GLOBAL | Privilege.GRANT_OPTION.bit(), dynamic, Map.of(), Map.of(), Map.of());
        return new AccountRecord(
                ROOT,
                "caching_sha2_password",
                new byte[0],
                false,
                false,
                -1,
                "NONE",
                Map.of(),
                "",
                nowMicros,
                grants,
                List.of());
    }

    /// Raised by every change.
    public long version() {
        return state.version;
    }

    /// All accounts in name order.
    public Collection<AccountRecord> all() {
        return state.accounts.values();
    }

    /// One account or role.
    public Optional<AccountRecord> find(AccountId id) {
        return Optional.ofNullable(state.accounts.get(id));
    }

    /// The account a user from a host logs in as: the one with the most specific host, a named one before an anonymous
    /// one.
    public Optional<AccountRecord> match(String user, String host) {
        return state.accounts.values().stream()
                .filter(a -> a.id().user().equals(user) || a.id().user().isEmpty())
                .filter(a -> HostPattern.matchesHost(a.id().host(), host))
                .min(Comparator.comparing((AccountRecord a) -> a.id().host(), HostPattern::compareSpecificity)
                        .thenComparing(a -> a.id().user().isEmpty()));
    }

    /// Makes a change of the map durable, then visible.
    public synchronized void change(UnaryOperator<Map<AccountId, AccountRecord>> body) {
        State before = state;
        Map<AccountId, AccountRecord> after = body.apply(new TreeMap<>(before.accounts));
        List<MetaStore.Change> records = new ArrayList<>();
        for (AccountId id : before.accounts.keySet()) {
            if (!after.containsKey(id)) {
                records.add(new MetaStore.Change(MetaKind.ACCOUNT, recordName(id), null));
            }
        }
        for (AccountRecord account : after.values()) {
            if (before.accounts.get(account.id()) != account) {
                records.add(new MetaStore.Change(MetaKind.ACCOUNT, recordName(account.id()), account.encode()));
            }
        }
        if (!records.isEmpty()) {
            meta.write(records);
            state = new State(before.version + 1, Collections.unmodifiableMap(after));
        }
    }

    /// The length of the user comes first, so that no two names give one record.
    private static String recordName(AccountId id) {
        return id.user().getBytes(StandardCharsets.UTF_8).length + ":" + id;
    }
}
