package io.plumbline.registry.core.build;

/**
 * Pieces of work that might end the process, such as running a model that nobody has run before, and how often each did. Thread-safe.
 */
public interface Attempts {

    /** So often in a row. Whatever kills processes at random hardly ever meets the same piece of seconds as often. */
    int MOST = 5;

    /** So often in a row for what another process does: it ends this one by the memory of the machine, if it does at all. */
    int MOST_ASIDE = 20;

    /** Every piece is tried whenever it is asked for. */
    Attempts ENDLESS = new Attempts() {
        @Override
        public <T> T at(String name, String words, Piece<T> piece) throws BuildException {
            return piece.run();
        }

        @Override
        public <T> T aside(String name, String words, Piece<T> piece) throws BuildException {
            return piece.run();
        }

        @Override
        public void forget(String name) {
            // nothing is remembered
        }
    };

    /** What is done. */
    interface Piece<T> {
        T run() throws BuildException;
    }

    /**
     * Does the piece, and knows at the next start that it was begun if it is not over by then.
     *
     * @param name of what it is a part of, such as a digest: the same for all its pieces and at every start
     * @param words what it is, for people: another one for each piece of the same name
     * @throws BuildException from the piece; or without having tried it, if the process ended {@link #MOST} times during it and it was not over once
     */
    <T> T at(String name, String words, Piece<T> piece) throws BuildException;

    /**
     * Has the piece done by another process, such as a sandbox's. Kills of this one say little of it, so that it takes more of them.
     *
     * @throws BuildException as {@link #at}, after {@link #MOST_ASIDE} times
     */
    <T> T aside(String name, String words, Piece<T> piece) throws BuildException;

    /** All pieces of this name may be tried again. */
    void forget(String name);
}
