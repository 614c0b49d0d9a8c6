package io.qomo.serve.account;

import io.qomo.serve.meta.ChangeListener;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The accounts on disk and in memory. Any thread; changes are durable before they are seen.
public final class AccountStore {
    /// The first account.
    public static final AccountId ROOT = new AccountId("root", "localhost");

    private static final String VERSION_NAME = "accounts";
    private static final int RECORD_VERSION = 1;
    private static final long FIRST_VERSION = 1;
    private static final Set<MetaKind> STORED = EnumSet.of(MetaKind.ACCOUNT, MetaKind.COUNTER);

    private final MetaStore meta;
    private final ChangeListener listener;
    private volatile State state;

    private record State(long version, Map<AccountId, AccountRecord> accounts) {}

    /// Loads the accounts; a store without any gets `root@localhost`, which may do everything and has no password.
    ///
    /// @param listener learns of changes
    public AccountStore(MetaStore meta, long nowMicros, ChangeListener listener) {
        this.meta = meta;
        this.listener = listener;
        this.state = read();
        if (state.accounts.isEmpty()) {
            change(accounts -> {
                accounts.putIfAbsent(ROOT, root(nowMicros));
                return accounts;
            });
        }
    }

    private State read() {
        MetaStore.Loaded loaded = meta.loadAll(STORED);
        Map<AccountId, AccountRecord> accounts = new TreeMap<>();
        for (byte[] record : loaded.of(MetaKind.ACCOUNT).values()) {
            AccountRecord account = AccountRecord.decode(record);
            accounts.put(account.id(), account);
        }
        byte[] version = loaded.of(MetaKind.COUNTER).get(VERSION_NAME);
        return new State(
                version == null ? FIRST_VERSION : new RecordReader(version, RECORD_VERSION).number(),
                Collections.unmodifiableMap(accounts));
    }

    /// Reads the accounts anew if they are newer than what is known here.
    public synchronized void refresh() {
        State read = read();
        if (read.version > state.version) {
            state = read;
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

    /// Makes a change of the map durable, then visible on all nodes. `body` is run again when another node was faster.
    public void change(UnaryOperator<Map<AccountId, AccountRecord>> body) {
        if (changeHere(body)) {
            listener.changed(ChangeListener.Subject.ACCOUNTS);
        }
    }

    private synchronized boolean changeHere(UnaryOperator<Map<AccountId, AccountRecord>> body) {
        while (true) {
            State before = state;
            if (tryChange(body)) {
                return state != before;
            }
            refresh();
        }
    }

    /// False if another node has changed accounts.
    private boolean tryChange(UnaryOperator<Map<AccountId, AccountRecord>> body) {
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
            long version = before.version + 1;
            records.add(new MetaStore.Change(MetaKind.COUNTER, VERSION_NAME, versionRecord(version)));
            byte[] expected = before.version == FIRST_VERSION ? null : versionRecord(before.version);
            if (meta.writeIf(VERSION_NAME, expected, records, List.of()) == MetaStore.CONFLICT) {
                return false;
            }
            state = new State(version, Collections.unmodifiableMap(after));
        }
        return true;
    }

    private static byte[] versionRecord(long version) {
        return new RecordWriter(RECORD_VERSION).number(version).toBytes();
    }

    /// The length of the user comes first, so that no two names give one record.
    private static String recordName(AccountId id) {
        return id.user().getBytes(StandardCharsets.UTF_8).length + ":" + id;
    }
}
