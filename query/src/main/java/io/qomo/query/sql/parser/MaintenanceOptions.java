package io.qomo.query.sql.parser;

import java.util.List;

/// QUICK, FAST, MEDIUM, EXTENDED, CHANGED, USE_FRM and FOR UPGRADE of CHECK and REPAIR.
final class MaintenanceOptions {
    private MaintenanceOptions() {}

    static void parse(TokenStream in, List<String> options) {
        while (true) {
            switch (in.kind) {
                case Token.QUICK, Token.FAST, Token.MEDIUM, Token.EXTENDED, Token.CHANGED, Token.USE_FRM ->
                    options.add(in.upperWord());
                case Token.FOR -> {
                    in.advance();
                    in.expect(Token.UPGRADE);
                    options.add("FOR UPGRADE");
                }
                default -> {
                    return;
                }
            }
        }
    }
}
