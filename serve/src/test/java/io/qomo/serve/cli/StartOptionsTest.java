package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartOptionsTest {
    @Test
    void readsSizes() {
        assertThat(ByteSize.parse("512m")).isEqualTo(512L << 20);
        assertThat(ByteSize.parse("1.5G")).isEqualTo(3L << 29);
        assertThat(ByteSize.parse("768MB")).isEqualTo(768L << 20);
        assertThat(ByteSize.parse("1048576")).isEqualTo(1L << 20);
        assertThat(ByteSize.parse("banana")).isEqualTo(-1);
        assertThat(ByteSize.parse("-1g")).isEqualTo(-1);
        assertThat(ByteSize.parse("1.g")).isEqualTo(-1);
        assertThat(ByteSize.parse("999999999999999g")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aWrongLineSaysWhatIsWrong() {
        assertThatThrownBy(() -> StartOptions.parse(List.of("--nosuch")))
                .hasMessage("unknown option '--nosuch' of qomo start; `help` lists them");
        assertThatThrownBy(() -> StartOptions.parse(List.of("extra")))
                .hasMessage("qomo start takes options only, not 'extra'; `help` lists them");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--port"))).hasMessage("option '--port' needs a value");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--memory=banana")))
                .hasMessage("--memory takes a size such as 512m or 1.5g, not 'banana'");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--memory", "100m")))
                .hasMessage("--memory must be at least 256m, not 100m");
    }
}
