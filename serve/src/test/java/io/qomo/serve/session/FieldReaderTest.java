package io.qomo.serve.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.type.Charset;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of field and line handling, each as a file and its rows: in both, `;` stands for the newline, `^` for the
/// backslash; in rows fields stand in brackets, NULL is `-`, and `+` says that the line had more.
class FieldReaderTest {
    private static final int FIELDS = 3;

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
        # a quote ends a field only before a separator; fields after , lines after ; quoted by "
        1,"5" pipe, steel",z;             | [1][5" pipe, steel][z]
        1,"The "BIG" boss",z;             | [1][The "BIG" boss][z]
        2,"a"b,c",d;                      | [2][a"b,c][d]
        "a""b","","\""";                   | [a"b][]["]
        "x;y","^"","^n";                  | [x;y]["][;]
        "a","b                            | [a]["b]
        "a","b"                           | [a][b]
        5" pipe,12",x;                    | [5" pipe][12"][x]
        # NULL
        ^N,^Nabc,x^N;                     | [-][Nabc][xN]
        "^N",NULL,"NULL";                 | [-][-][NULL]
        NULLx,^NULL,^^N;                  | [NULLx][-][^N]
        # lines too short and too long
        1,2;3;;                           | [1][2] / [3] / []
        1,2,3,4;5,6,7;                    | [1][2][3]+ / [5][6][7]
        1,2,3,;1,2,3                      | [1][2][3] / [1][2][3]
        1,2,                              | [1][2]
        1,2,^;;3                          | [1][2][;] / [3]
        # escapes
        ^t^0,^q^Z,^b;                     | [\t\0][q\032][\b]
        a^                                | [a^]
        """)
    void quoted(String file, String rows) throws IOException {
        check(new FileFormat(",", "\"", true, null, null, null), file, rows);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
        "x""y","1",^n;"p","2",3;          | [x"y][1][^n] / [p][2][3]
        1,5" pipe,x;                      | [1][5" pipe][x]
        1,12",x;                          | [1][12"][x]
        1,abc,12";2,ok,y;                 | [1][abc][12"] / [2][ok][y]
        5""x,"a"b",c;                     | [5"x][a"b][c]
        "a","b","c"                       | [a][b][c]
        """)
    void quoteIsEscape(String file, String rows) throws IOException {
        check(new FileFormat(",", "\"", false, "\"", null, null), file, rows);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
        NULL,^N,a^;                       | [-][^N][a^]
        "a",b,;                           | ["a"][b][]
        """)
    void noEscape(String file, String rows) throws IOException {
        check(new FileFormat(",", "", false, "", null, null), file, rows);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
        1,2,3,4,5,6,                      | [1][2][3] / [4][5][6]
        1,2,3,4                           | [1][2][3] / [4]
        """)
    void fieldsEndLines(String file, String rows) throws IOException {
        check(new FileFormat(",", null, false, null, null, ""), file, rows);
        check(new FileFormat(",", null, false, null, null, ","), file, rows);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
        1<>2<3<>4><5>                     | [2<3][4]
        x<>a^<>b>>c<>d><<>e>               | [a<>b>>c][d] / [e>]
        """)
    void longSeparators(String file, String rows) throws IOException {
        check(new FileFormat("<>", null, false, null, "<>", "><"), file, rows);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
        aabbcc;dd;eef;gghhiij;            | [aa][bb][cc] / [dd] / [ee][f] / [gg][hh][ii]+
        """)
    void fixedWidth(String file, String rows) throws IOException {
        check(new FileFormat("", "", false, null, null, null), file, rows);
    }

    private static void check(FileFormat format, String file, String rows) throws IOException {
        byte[] bytes = file.replace(';', '\n').replace('^', '\\').getBytes(StandardCharsets.UTF_8);
        String expected = rows.replace(';', '\n').replace('^', '\\');
        assertThat(read(format, new ByteArrayInputStream(bytes))).isEqualTo(expected);
        assertThat(read(format, new Trickle(bytes))).as("byte by byte").isEqualTo(expected);
    }

    private static String read(FileFormat format, InputStream in) throws IOException {
        FileSeparators separators = FileSeparators.of(format, SqlMode.DEFAULT);
        int[] widths = separators.isFixedWidth() ? new int[] {2, 2, 2} : null;
        FieldReader reader = new FieldReader(in, separators, Charset.UTF8MB4, FIELDS, widths);
        List<byte @Nullable []> fields = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        while (reader.next(fields)) {
            StringBuilder line = new StringBuilder();
            for (byte[] field : fields) {
                line.append('[')
                        .append(field == null ? "-" : new String(field, StandardCharsets.UTF_8))
                        .append(']');
            }
            lines.add(line + (reader.isCut() ? "+" : ""));
        }
        return String.join(" / ", lines);
    }

    /// Gives one byte at a time, so that the buffer ends everywhere.
    private static final class Trickle extends InputStream {
        private final InputStream in;

        Trickle(byte[] bytes) {
            this.in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            return in.read(bytes, offset, Math.min(count, 1));
        }
    }
}
