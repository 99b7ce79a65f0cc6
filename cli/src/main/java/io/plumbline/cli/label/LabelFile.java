package io.plumbline.cli.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Labels as people write them down: CSV, the first line names the columns, a line a reading. Read line by line, so that a file may be of any
 * length.
 */
final class LabelFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;

    LabelFile(Path path) {
        this.path = path;
    }

    /** Takes labels. */
    @FunctionalInterface
    interface Taker {

        void take(Label label) throws ClientException;
    }

    /**
     * Hands over every label, in the order of the file.
     *
     * @throws ClientException if the file cannot be read, or at the first line that is no label, with what is wrong where
     */
    void read(Taker taker) throws ClientException {
        try (var text = Files.newBufferedReader(path)) {
            skipMark(text);
            try (var rows = rows(text)) {
                read(rows, taker);
            }
        } catch (JsonProcessingException e) {
            throw new ClientException(
                    path + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage()
                            + "; columns are separated by commas, cells with commas stand in double quotes",
                    e);
        } catch (NoSuchFileException e) {
            throw new ClientException("there is no file " + path, e);
        } catch (IOException e) {
            throw new ClientException(path + " cannot be read: " + e, e);
        }
    }

    /** Spreadsheets begin their files with one. */
    private static void skipMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private static MappingIterator<Map<String, String>> rows(BufferedReader text) throws IOException {
        return new CsvMapper()
                .enable(CsvParser.Feature.TRIM_SPACES)
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text);
    }

    private void read(MappingIterator<Map<String, String>> rows, Taker taker) throws ClientException, IOException {
        for (var line = 2; rows.hasNextValue(); line++) {
            var cells = rows.nextValue();
            if (!cells.values().stream().allMatch(String::isBlank)) {
                taker.take(new LabelRow(path + ", line " + line, cells).label());
            }
        }
    }
}
