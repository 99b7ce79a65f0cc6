package io.plumbline.fleet.testing;

import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertStore;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.control.StoreUnavailableException;
import io.plumbline.fleet.core.post.Letter;
import java.util.ArrayList;
import java.util.List;

/** A store that can break down, and keeps every letter that was ever written. */
public final class InMemoryAlertStore implements AlertStore {

    private final List<BookChange> changes = new ArrayList<>();
    private AlertBook book = AlertBook.EMPTY;
    private boolean broken;
    private boolean takes;

    @Override
    public AlertBook load() {
        return book;
    }

    @Override
    public void commit(BookChange change) {
        if (!broken || takes) {
            book = change.after();
            changes.add(change);
        }
        if (broken) {
            throw new StoreUnavailableException("broken down");
        }
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

    public void breakDown() {
        broken = true;
    }

    /** The next change is taken, and the connection breaks before the answer. */
    public void breakDownAfterTaking() {
        broken = true;
        takes = true;
    }

    public void repair() {
        broken = false;
        takes = false;
    }
}
