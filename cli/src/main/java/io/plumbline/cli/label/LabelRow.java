package io.plumbline.cli.label;

import io.plumbline.client.ClientException;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Label;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a file of labels. A reading is named by its {@code event} id, or by {@code device}, {@code stream}, {@code time} and
 * {@code sequence}; an event id that has no time in it needs {@code time} too.
 *
 * @param place of the line, for messages
 * @param cells by the names of their columns
 */
record LabelRow(String place, Map<String, String> cells) {

    Label label() throws ClientException {
        var label = required("label");
        var event = event();
        var device = event.device();
        if (cell("device").filter(named -> !named.equals(device.value())).isPresent()) {
            throw wrong("device", "must be that of the event " + event);
        }
        return new Label(event, device, time(event), label);
    }

    private EventId event() throws ClientException {
        var event = cell("event");
        return event.isPresent() ? named(event.get()) : counted();
    }

    private EventId named(String event) throws ClientException {
        var parts = event.split("/", -1);
        if (parts.length != 3) {
            throw wrong("event", "must be DEVICE/STREAM/TIME-SEQUENCE or DEVICE/STREAM/h-HASH, as results have it");
        }
        try {
            var device = new DeviceId(parts[0]);
            var stream = new StreamId(parts[1]);
            return new EventId(device + "/" + stream + "/" + parts[2]);
        } catch (IllegalArgumentException e) {
            throw new ClientException(place + ", column event: " + e.getMessage(), e);
        }
    }

    private EventId counted() throws ClientException {
        try {
            return EventId.ofSequence(
                    new DeviceId(required("device")),
                    new StreamId(required("stream")),
                    time(required("time")),
                    Long.parseLong(required("sequence")));
        } catch (NumberFormatException e) {
            throw wrong("sequence", "must be the whole number that the device sent");
        } catch (IllegalArgumentException e) {
            throw new ClientException(place + ": " + e.getMessage(), e);
        }
    }

    private Instant time(EventId event) throws ClientException {
        var given = cell("time");
        var own = event.deviceTime();
        if (given.isEmpty() && own.isEmpty()) {
            throw new ClientException(place + ": the event " + event
                    + " does not say when it was: the column time must give the device time of the reading");
        }
        var time = given.isPresent() ? time(given.get()) : own.get();
        if (own.filter(told -> !told.equals(time)).isPresent()) {
            throw wrong("time", "must be that of the event " + event + ", " + own.get());
        }
        return time;
    }

    private Instant time(String text) throws ClientException {
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException | NumberFormatException e) {
            throw wrong("time", "must be like 2026-01-01T00:00:00Z, or milliseconds since 1970");
        }
    }

    private String required(String column) throws ClientException {
        var found = cell(column);
        if (found.isPresent()) {
            return found.get();
        }
        if (cells.containsKey(column)) {
            throw wrong(column, "must not be empty");
        }
        throw new ClientException(place + ": there is no column " + column + "; needed are label and event, or label, "
                + "device, stream, time and sequence, and there are " + String.join(", ", cells.keySet()));
    }

    private Optional<String> cell(String column) {
        return Optional.ofNullable(cells.get(column)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private ClientException wrong(String column, String rule) {
        return new ClientException(place + ", column " + column + ": '" + cells.getOrDefault(column, "") + "' " + rule);
    }
}
