package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientCommandTest {
    @Test
    void takesUseWithAndWithoutItsEnd() {
        assertThat(ClientCommand.parse("use shop")).isEqualTo(new ClientCommand(ClientCommand.Kind.USE, "shop"));
        assertThat(ClientCommand.parse("  USE `my shop` ; "))
                .isEqualTo(new ClientCommand(ClientCommand.Kind.USE, "`my shop`"));
        assertThat(ClientCommand.quote("my`shop")).isEqualTo("`my``shop`");
        assertThat(ClientCommand.quote("`my shop`")).isEqualTo("`my shop`");
    }

    @Test
    void leavesStatementsToTheServer() {
        assertThat(ClientCommand.parse("use")).isEqualTo(ClientCommand.NONE);
        assertThat(ClientCommand.parse("use a; select 1")).isEqualTo(ClientCommand.NONE);
        assertThat(ClientCommand.parse("help 'select'")).isEqualTo(ClientCommand.NONE);
        assertThat(ClientCommand.parse("select 1")).isEqualTo(ClientCommand.NONE);
        assertThat(ClientCommand.parse("")).isEqualTo(ClientCommand.NONE);
    }

    @Test
    void knowsTheShortForms() {
        assertThat(ClientCommand.parse("\\q").kind()).isEqualTo(ClientCommand.Kind.QUIT);
        assertThat(ClientCommand.parse("\\?").kind()).isEqualTo(ClientCommand.Kind.HELP);
        assertThat(ClientCommand.parse("\\. /tmp/a b.sql"))
                .isEqualTo(new ClientCommand(ClientCommand.Kind.SOURCE, "/tmp/a b.sql"));
    }
}
