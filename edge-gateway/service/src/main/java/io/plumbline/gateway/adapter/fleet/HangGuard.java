package io.plumbline.gateway.adapter.fleet;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looks once a second whether a build hangs, and ends the process if so: nothing else gets it back from native code. */
public final class HangGuard implements Runnable {

    private final BooleanSupplier hangs;
    private final Runnable end;

    public HangGuard(BooleanSupplier hangs, Runnable end) {
        this.hangs = hangs;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            while (!hangs.getAsBoolean()) {
                TimeUnit.SECONDS.sleep(1);
            }
            end.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
