package io.qomo.store.txn.remote;

/// Reads what gateways and leaders tell each other, for simulations that count it.
public final class Wiretap {
    private Wiretap() {}

    /// The name of the operation that a request asks for.
    public static String operation(byte[] request) {
        return Operation.values()[request[1]].name();
    }

    /// How a response begins, and the byte behind.
    public static String answer(byte[] response) {
        String answer = Answer.values()[response[0]].name();
        return response.length > 1 ? answer + " " + response[1] : answer;
    }
}
