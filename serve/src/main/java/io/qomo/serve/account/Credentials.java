package io.qomo.serve.account;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.AccountStatement.Authentication;
import io.qomo.serve.account.AccountStatements.GeneratedPassword;
import io.qomo.serve.auth.Verifiers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// IDENTIFIED … and SET PASSWORD: makes verifiers.
final class Credentials {
    private static final String ALPHABET =
            "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%()*+,-./:;<=>?@[]^_{}~";

    private final AccountContext context;
    private final List<GeneratedPassword> generated = new ArrayList<>();

    Credentials(AccountContext context) {
        this.context = context;
    }

    /// The passwords generated so far.
    List<GeneratedPassword> generated() {
        return List.copyOf(generated);
    }

    /// The account with the authentication that was written; null changes nothing.
    AccountRecord apply(AccountRecord account, @Nullable Authentication auth, boolean isNew) {
        if (auth == null) {
            return account;
        }
        if (auth.retainCurrent() || auth.discardOld()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "dual passwords");
        }
        if (!auth.furtherFactors().isEmpty()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "multi-factor authentication");
        }
        String plugin = auth.plugin() == null ? account.plugin() : auth.plugin();
        if (!Verifiers.isPlugin(plugin)) {
            throw new SqlException(ErrorCode.PLUGIN_NOT_LOADED, plugin);
        }
        if (auth.hash() != null) {
            byte[] verifier = auth.hash().getBytes(StandardCharsets.UTF_8);
            if (verifier.length > 0 && !Verifiers.isValid(plugin, verifier)) {
                throw new SqlException(ErrorCode.PASSWORD_FORMAT);
            }
            return with(account, plugin, verifier, false);
        }
        if (auth.random()) {
            return with(account, plugin, random(account.id(), plugin), false);
        }
        if (auth.password() != null) {
            return with(account, plugin, verifier(plugin, auth.password()), false);
        }
        // IDENTIFIED WITH plugin alone: no password, which for an account that had one has expired.
        return with(account, plugin, new byte[0], !isNew);
    }

    /// The account with another password; null makes one up.
    AccountRecord setPassword(AccountRecord account, @Nullable String password, boolean retainCurrent) {
        if (retainCurrent) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "dual passwords");
        }
        byte[] verifier =
                password == null ? random(account.id(), account.plugin()) : verifier(account.plugin(), password);
        return with(account, account.plugin(), verifier, false);
    }

    private byte[] random(AccountId id, String plugin) {
        byte[] bits = new byte[context.randomPasswordLength() * 2];
        context.env().secureRandom(bits);
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < bits.length; i += 2) {
            int number = (bits[i] & 0xFF) << 8 | (bits[i + 1] & 0xFF);
            password.append(ALPHABET.charAt(number % ALPHABET.length()));
        }
        generated.add(new GeneratedPassword(id, password.toString()));
        return verifier(plugin, password.toString());
    }

    private byte[] verifier(String plugin, String password) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        return Verifiers.make(plugin, password.getBytes(StandardCharsets.UTF_8), context.env());
    }

    private AccountRecord with(AccountRecord a, String plugin, byte[] verifier, boolean expired) {
        return new AccountRecord(
                a.id(),
                plugin,
                verifier,
                a.locked(),
                expired,
                a.lifetimeDays(),
                a.tls(),
                a.resources(),
                a.attributes(),
                context.env().wallMicros(),
                a.grants(),
                a.defaultRoles());
    }
}
