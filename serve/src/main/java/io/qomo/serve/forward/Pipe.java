package io.qomo.serve.forward;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// Passes bytes between two sockets, both ways, until one side closes or fails; then it closes both.
final class Pipe {
    private static final int BUFFER_BYTES = 16 << 10;

    private Pipe() {}

    static void join(Socket left, Socket right) {
        Thread.ofVirtual().name("forward-pipe").start(() -> copy(left, right));
        Thread.ofVirtual().name("forward-pipe").start(() -> copy(right, left));
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int n = in.read(buffer);
            while (n >= 0) {
                out.write(buffer, 0, n);
                n = in.read(buffer);
            }
        } catch (IOException e) {
            // the other direction learns it by the close
        } finally {
            close(from);
            close(to);
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }
}
