package io.qomo.store.cluster.raft;

import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the consensus library from taking a signal of the JVM's.
///
/// The library handles SIGUSR2, on which it writes files into the working directory. HotSpot uses that signal
/// itself, to look at threads while the process is profiled. By reflection, as the compiler warns of the class.
final class LibrarySignals {
    private static final Logger LOG = LoggerFactory.getLogger(LibrarySignals.class);

    private LibrarySignals() {}

    /// Loads a class of the library with the signal left as it is.
    static void keepWhile(Runnable loading) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance("USR2");
            Method handle = signals.getMethod("handle", signals, handlers);
            Object before =
                    handle.invoke(null, signal, handlers.getField("SIG_IGN").get(null));
            loading.run();
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            LOG.atDebug().setCause(e).log("the library may take SIGUSR2");
            loading.run();
        }
    }
}
