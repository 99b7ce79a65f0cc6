package io.plumbline.fleet.testing;

import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertStore;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.post.Letter;
import java.util.ArrayList;
import java.util.List;

/** A store that can break down, and keeps every letter that was ever written. */
public final class InMemoryAlertStore extends BreakableStore implements AlertStore {

    private final List<BookChange> changes = new ArrayList<>();
    private AlertBook book = AlertBook.EMPTY;

    @Override
    public AlertBook load() {
        return book;
    }

    @Override
    public void commit(BookChange change) {
        take(() -> {
            book = change.after();
            changes.add(change);
        });
    }

    public List<BookChange> changes() {
        return List.copyOf(changes);
    }

    /** The letters to a sink, in order. */
    public List<Letter> letters(String sink) {
        return changes.stream()
                .flatMap(change -> change.letters().stream())
                .filter(letter -> letter.sink().equals(sink))
                .toList();
    }
}
