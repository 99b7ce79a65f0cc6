package io.plumbline.gateway.core.glimpse;

import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.message.Frame;
import io.plumbline.gateway.core.glimpse.GlimpseDesk.Draft;
import io.plumbline.inference.image.ImageException;
import io.plumbline.inference.image.Thumbnail;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** Makes a small picture of each frame that waits, and shows it. What cannot be shown is told and forgotten: the next frame is newer. */
public final class Glimpser implements Runnable {

    private final GlimpseDesk desk;
    private final Thumbnail thumbnail;
    private final Viewers viewers;
    private final Fate fate;

    /** Hears what became of each; the two are called from one thread. */
    public interface Fate {

        void shown();

        void notShown(Exception because);
    }

    public Glimpser(GlimpseDesk desk, Thumbnail thumbnail, Viewers viewers, Fate fate) {
        this.desk = desk;
        this.thumbnail = thumbnail;
        this.viewers = viewers;
        this.fate = fate;
    }

    @Override
    public void run() {
        try {
            while (!Thread.interrupted()) {
                showNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void showNext() throws InterruptedException {
        var draft = desk.take();
        try {
            viewers.show(glimpse(draft));
            fate.shown();
        } catch (IOException | ImageException | RuntimeException e) {
            fate.notShown(e);
        }
    }

    private Glimpse glimpse(Draft draft) throws ImageException {
        var jpeg = thumbnail.of(draft.message().payload(), draft.grant().pixels());
        var result = draft.result();
        return new Glimpse(
                result.stream(),
                result.device(),
                result.event(),
                result.build(),
                result.eventTime(),
                strongest(result.frame().map(Frame::found).orElse(List.of())),
                draft.reference().map(Glimpser::strongest),
                Base64.getEncoder().encodeToString(jpeg));
    }

    private static List<Frame.Found> strongest(List<Frame.Found> found) {
        return found.subList(0, Math.min(found.size(), Glimpse.MOST_FOUND));
    }
}
