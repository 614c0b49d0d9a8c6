package io.qomo.junit;

import io.qomo.Qomo;
import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test method (or its set-up) a [QomoDatabase] parameter: an empty database, dropped after the test. The node
/// is in memory, started by the first test that asks and stopped when the test run ends. JUnit 5.10 or later, or 6.
public final class QomoExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(QomoExtension.class);

    /// The node of a test run, kept in JUnit's root store, which closes it: by this interface before JUnit 5.13, as any
    /// AutoCloseable since.
    @SuppressWarnings("deprecation")
    private record Shared(Qomo server, AtomicInteger next)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == QomoDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        QomoDatabase known = store.get(QomoDatabase.class, QomoDatabase.class);
        if (known != null) {
            return known;
        }
        QomoDatabase made = create(shared(context.getRoot().getStore(NAMESPACE)));
        store.put(QomoDatabase.class, made);
        return made;
    }

    /// The node of all tests. Only what JUnit 5 and 6 both have is called: `computeIfAbsent` is new in 6, and what
    /// it replaces is deprecated there. Tests may run at the same time.
    private static Shared shared(Store root) {
        synchronized (NAMESPACE) {
            Shared known = root.get(Shared.class, Shared.class);
            if (known != null) {
                return known;
            }
            Shared made = new Shared(Qomo.embedded().inMemory().start(), new AtomicInteger());
            root.put(Shared.class, made);
            return made;
        }
    }

    private static QomoDatabase create(Shared shared) {
        String name = "test_" + shared.next().incrementAndGet();
        run(shared.server(), "CREATE DATABASE " + name);
        return new QomoDatabase(shared.server(), name);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        QomoDatabase database = context.getStore(NAMESPACE).remove(QomoDatabase.class, QomoDatabase.class);
        if (database != null) {
            run(database.server(), "DROP DATABASE IF EXISTS " + database.name());
        }
    }

    private static void run(Qomo server, String sql) {
        Connection.Options options =
                new Connection.Options("127.0.0.1", server.port(), "root", "", "", Duration.ofSeconds(30));
        try (Connection connection = new Connection(options)) {
            connection.query(sql, new Ignore());
        } catch (IOException e) {
            throw new UncheckedIOException(sql, e);
        }
    }

    private static final class Ignore implements ResultHandler {
        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {}

        @Override
        public void endOfRows(int warnings) {}
    }
}
