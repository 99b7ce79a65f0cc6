package io.plumbline.signals.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/**
 * Lets every line pass and gives it its fields, those of its template and those of its process; of other people's lines those of
 * the process alone. Secrets become {@code ***}, in lines of text too. Thread-safe.
 */
public final class StructuredLog implements Filter {

    private static final String OURS = "io.plumbline.";

    private static final ExtFormatter WORDS = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord record) {
            return formatMessage(record);
        }
    };

    private static volatile Map<LogKey, String> process = Map.of();

    /** What every line of this process has from now on, unless a line says otherwise itself. */
    public static void ofProcess(Map<LogKey, String> fields) {
        process = Map.copyOf(fields);
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord record) {
            record.setMdc(fields(record));
            mask(record);
        }
        return true;
    }

    /** Of what others put there nothing stays: the dictionary is all that a reader has to know. */
    private static Map<String, String> fields(ExtLogRecord record) {
        var fields = new EnumMap<LogKey, String>(LogKey.class);
        fields.putAll(process);
        var template = record.getMessage();
        if (template != null && String.valueOf(record.getLoggerName()).startsWith(OURS)) {
            fields.putAll(LogTemplate.fields(template, record.getParameters()));
        }
        var texts = new TreeMap<String, String>();
        fields.forEach((key, value) -> texts.put(key.word(), Secrets.masked(value)));
        return texts;
    }

    private static void mask(ExtLogRecord record) {
        var text = WORDS.format(record);
        if (text != null) {
            var masked = Secrets.masked(text);
            if (!masked.equals(text)) {
                record.setMessage(masked, FormatStyle.NO_FORMAT);
                record.setParameters(null);
            }
        }
        var thrown = record.getThrown();
        if (thrown != null) {
            record.setThrown(MaskedThrowable.of(thrown));
        }
    }
}
