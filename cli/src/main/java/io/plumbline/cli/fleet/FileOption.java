package io.plumbline.cli.fleet;

import io.plumbline.cli.client.BrokenFileException;
import io.plumbline.client.ClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The fleet file that a command is about. */
final class FileOption {

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "fleet.yaml",
            required = true,
            description = "The fleet file; - reads standard input.")
    private String file = "";

    /** As it was given on the command line. */
    String words() {
        return "-f " + file;
    }

    String text() throws ClientException {
        try {
            return file.equals(STANDARD_INPUT)
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new ClientException("there is no file " + file, e);
        } catch (IOException e) {
            throw new ClientException("the file " + file + " cannot be read as UTF-8: " + e, e);
        }
    }

    /** One line for each problem. */
    void tell(BrokenFileException refused, PrintWriter err) {
        var name = file.equals(STANDARD_INPUT) ? "fleet.yaml" : file;
        refused.problems().forEach(problem -> err.println(problem.in(name)));
        err.flush();
    }
}
