package io.plumbline.cli.show;

import io.plumbline.client.ClientException;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Asks a server again and again, which has answered before. While it does not answer, as where it starts anew, it is waited for, and that is
 * said once. For one thread.
 */
public final class Watching {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final Duration look;
    private final Duration patience;

    /** @param err where outages are said */
    public Watching(PrintWriter err) {
        this(err, LOOK);
    }

    /** @param look between two questions */
    public Watching(PrintWriter err, Duration look) {
        this(err, look, PATIENCE);
    }

    /**
     * @param patience for which a server may give no answer
     */
    Watching(PrintWriter err, Duration look, Duration patience) {
        this.err = err;
        this.look = look;
        this.patience = patience;
    }

    /** What is asked. */
    @FunctionalInterface
    public interface Question<T> {

        T ask() throws ClientException;
    }

    /**
     * Asks in a moment.
     *
     * @throws ClientException if the server refuses, or has not answered for long
     */
    public <T> T ask(Question<T> question) throws ClientException, InterruptedException {
        Thread.sleep(look.toMillis());
        var begin = System.nanoTime();
        for (var pause = look; ; pause = longer(pause)) {
            try {
                var answer = question.ask();
                if (!pause.equals(look)) {
                    say("it answers again");
                }
                return answer;
            } catch (ClientException e) {
                if (!e.isPassing()) {
                    throw e;
                }
                if (System.nanoTime() - begin > patience.toNanos()) {
                    throw new ClientException(e.getMessage() + "; given up after " + patience, e);
                }
                if (pause.equals(look)) {
                    say(e.getMessage() + "; it is waited for");
                }
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private static Duration longer(Duration pause) {
        var next = pause.multipliedBy(2);
        return next.compareTo(LONGEST) < 0 ? next : LONGEST;
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
