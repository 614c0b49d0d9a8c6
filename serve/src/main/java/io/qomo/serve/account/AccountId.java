package io.qomo.serve.account;

import java.util.Locale;

/// The name of an account or role: `user@host`. Users compare with case, hosts are in lower case.
public record AccountId(String user, String host) implements Comparable<AccountId> {
    /// Brings the host to lower case.
    public AccountId {
        host = host.toLowerCase(Locale.ROOT);
    }

    /// As SHOW GRANTS writes it: `` `user`@`host` ``.
    public String quoted() {
        return "`" + user.replace("`", "``") + "`@`" + host.replace("`", "``") + "`";
    }

    /// As messages write it: `'user'@'host'`.
    public String inMessage() {
        return "'" + user + "'@'" + host + "'";
    }

    /// As CURRENT_USER() writes it.
    @Override
    public String toString() {
        return user + "@" + host;
    }

    @Override
    public int compareTo(AccountId other) {
        int byUser = user.compareTo(other.user);
        return byUser != 0 ? byUser : host.compareTo(other.host);
    }
}
