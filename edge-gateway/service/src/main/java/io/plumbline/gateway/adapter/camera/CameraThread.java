package io.plumbline.gateway.adapter.camera;

import io.plumbline.gateway.core.status.Link;
import org.jboss.logging.Logger;

/** The thread of one camera. A bug ends one attempt and not the thread. */
final class CameraThread implements Runnable {

    private static final Logger LOG = Logger.getLogger(CameraThread.class);
    private static final long FIRST_DELAY_MILLIS = 1_000;
    private static final long LONGEST_DELAY_MILLIS = 30_000;
    private static final long GOODBYE_MILLIS = 1_000;

    private final String name;
    private final Feed feed;
    private final Thread thread;
    private volatile boolean stopping;

    private CameraThread(String name, Feed feed) {
        this.name = name;
        this.feed = feed;
        this.thread = new Thread(this, "camera-" + name);
    }

    static CameraThread start(String name, Feed feed) {
        var started = new CameraThread(name, feed);
        started.thread.setDaemon(true);
        started.thread.start();
        LOG.infof("camera-started camera=%s", name);
        return started;
    }

    @Override
    public void run() {
        var delayMillis = FIRST_DELAY_MILLIS;
        try {
            while (!stopping) {
                try {
                    feed.turn();
                    delayMillis = FIRST_DELAY_MILLIS;
                } catch (RuntimeException | OutOfMemoryError bug) {
                    feed.reach().down("the gateway failed on it: " + bug);
                    LOG.errorf("camera-failed camera=%s reason=%s retryMillis=%d", name, bug, delayMillis);
                    Thread.sleep(delayMillis);
                    delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Link link() {
        return feed.reach().link();
    }

    /** Ends what hangs. */
    void look() {
        feed.look();
    }

    /** Tells it to end; it does so at once. */
    void stop() {
        stopping = true;
        feed.close();
        thread.interrupt();
    }

    /** Waits for the end. */
    void join() throws InterruptedException {
        thread.join(GOODBYE_MILLIS);
        LOG.infof("camera-stopped camera=%s", name);
    }
}
