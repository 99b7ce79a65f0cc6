package io.plumbline.signals.log;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stands for a failure whose message has a secret in it: the same words without it, the same places, the same causes. */
final class MaskedThrowable extends Throwable {

    private static final long serialVersionUID = 1;

    private final String words;

    private MaskedThrowable(Throwable original, Set<Throwable> seen) {
        super(Secrets.masked(String.valueOf(original.getMessage())));
        this.words = Secrets.masked(original.toString());
        setStackTrace(original.getStackTrace());
        var cause = original.getCause();
        if (cause != null && seen.add(cause)) {
            initCause(new MaskedThrowable(cause, seen));
        }
        for (var suppressed : original.getSuppressed()) {
            if (seen.add(suppressed)) {
                addSuppressed(new MaskedThrowable(suppressed, seen));
            }
        }
    }

    /** The failure itself where nothing in it has to be hidden. */
    static Throwable of(Throwable original) {
        return hides(original, seen(original)) ? new MaskedThrowable(original, seen(original)) : original;
    }

    private static Set<Throwable> seen(Throwable first) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(first);
        return seen;
    }

    private static boolean hides(Throwable some, Set<Throwable> seen) {
        var text = some.toString();
        if (!Secrets.masked(text).equals(text)) {
            return true;
        }
        var cause = some.getCause();
        if (cause != null && seen.add(cause) && hides(cause, seen)) {
            return true;
        }
        for (var suppressed : some.getSuppressed()) {
            if (seen.add(suppressed) && hides(suppressed, seen)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return words;
    }
}
