package io.qomo.testing.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.qomo.Qomo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's tour is true to the letter: its statements, run through the shell, answer what it prints.
/// `-Dtour.rewrite=true` fills in the answers.
class TourTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String PROMPT = "qomo tour> ";
    private static final String MORE = "        -> ";
    private static final String END = "end of statement";
    private static final int COMMITS = 106;

    @TempDir
    Path temp;

    private record Step(List<String> typed, List<String> answer) {
        String sql() {
            return String.join(
                    "\n",
                    typed.stream().map(line -> line.substring(PROMPT.length())).toList());
        }
    }

    @Test
    void readmeTourAnswersAsPrinted() throws Exception {
        Path data = temp.resolve("data");
        run(List.of(ROOT.resolve("docs/tour/data.sh").toString(), data.toString()), "");
        int commits = Files.readAllLines(data.resolve("commits.tsv")).size();
        assumeThat(commits)
                .as("TOUR SKIPPED: this clone has not the whole git history (a shallow clone?)")
                .isEqualTo(COMMITS);
        try (Qomo qomo = Qomo.embedded().inMemory().start()) {
            String load = Files.readString(ROOT.resolve("docs/tour/load.sql")).replace("tour-data/", data + "/");
            shell(qomo.port(), "", load);
            List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
            List<String> written = new ArrayList<>();
            List<String> session = new ArrayList<>();
            boolean inSession = false;
            for (String line : readme) {
                if (inSession && line.equals("```")) {
                    written.addAll(answer(qomo.port(), session));
                    inSession = false;
                }
                if (!inSession && line.startsWith(PROMPT)) {
                    inSession = true;
                    session.clear();
                }
                (inSession ? session : written).add(line);
            }
            if (Boolean.getBoolean("tour.rewrite")) {
                Files.write(ROOT.resolve("README.md"), written);
            }
            assertThat(Files.readAllLines(ROOT.resolve("README.md"))).isEqualTo(written);
        }
    }

    /// The session with what the shell answers now.
    private static List<String> answer(int port, List<String> session) throws Exception {
        List<Step> steps = new ArrayList<>();
        for (String line : session) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(new ArrayList<>(List.of(line)), new ArrayList<>()));
            } else if (line.startsWith(MORE)) {
                steps.getLast().typed().add(line);
            }
        }
        StringBuilder script = new StringBuilder();
        for (Step step : steps) {
            script.append(step.sql()).append("\nSELECT '").append(END).append("';\n");
        }
        List<String> answers = new ArrayList<>();
        int step = 0;
        answers.addAll(steps.getFirst().typed());
        List<String> output = shell(port, "tour", script.toString()).lines().toList();
        for (int i = 0; i < output.size(); i++) {
            if (i + 1 < output.size() && output.get(i + 1).contains(END)) {
                i += 4;
                step++;
                if (step < steps.size()) {
                    answers.addAll(steps.get(step).typed());
                }
            } else {
                answers.add(output.get(i));
            }
        }
        return answers;
    }

    private static String shell(int port, String database, String script) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.qomo.serve.cli.Main",
                "sql",
                "-t",
                "-P",
                Integer.toString(port)));
        if (!database.isEmpty()) {
            command.addAll(List.of("-D", database));
        }
        return run(command, script);
    }

    private static String run(List<String> command, String input) throws IOException, InterruptedException {
        Path out = Files.createTempFile("tour", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            process.outputWriter(StandardCharsets.UTF_8).append(input).close();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            String printed = Files.readString(out);
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            Files.delete(out);
        }
    }
}
