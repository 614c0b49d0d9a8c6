package io.qomo.serve.mysql;

import io.qomo.base.env.SystemEnv;
import io.qomo.serve.auth.Verifiers;

/// Runs the fake server in the foreground, for tries by hand with any client.
public final class FakeMain {
    private FakeMain() {}

    public static void main(String[] args) throws Exception {
        FakeService service = new FakeService();
        service.add("bench", Verifiers.NATIVE, "");
        MySqlServer server =
                MySqlServer.start(service, ListenerOptions.of("127.0.0.1", Integer.parseInt(args[0])), new SystemEnv());
        System.out.println("port " + server.port());
        Thread.currentThread().join();
    }
}
