package io.plumbline.registry.adapter.log;

import io.plumbline.signals.log.StructuredLog;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Known to the configuration of the log as {@code dictionary}. */
@LoggingFilter(name = "dictionary")
public final class DictionaryFilter implements Filter {

    private final Filter fields = new StructuredLog();

    @Override
    public boolean isLoggable(LogRecord line) {
        return fields.isLoggable(line);
    }
}
