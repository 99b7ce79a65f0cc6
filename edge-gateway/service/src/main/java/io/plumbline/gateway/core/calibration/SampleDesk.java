package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Gives windows of streams whose owner allows it, within what owner and registry allow, and says why it gives none of others. */
final class SampleDesk {

    /** Of a file beside its values. */
    private static final int HEADER_BYTES = 256;

    private final Self self;
    private final Giving giving;

    SampleDesk(Self self, Giving giving) {
        this.self = self;
        this.giving = giving;
    }

    CalibrationMessage.Sampled answer(CalibrationMessage.Sample task) throws InterruptedException {
        var streams = giving.streams().of(task.model());
        var chosen = new Chosen(task);
        streams.forEach(chosen::add);
        var refused = streams.stream()
                .filter(stream -> stream.grant().isEmpty())
                .map(stream -> "'" + stream.name() + "'")
                .collect(Collectors.joining(", "));
        var because = refused.isEmpty() ? "" : "of stream " + refused + " nothing may be given";
        if (chosen.windows.isEmpty()) {
            return sampled(task, 0, refused.isEmpty() ? "there are no windows that fit into what is allowed" : because);
        }
        try {
            giving.registry().take(task.recalibration(), Npy.write(Tensor.stacked(chosen.windows)));
            return sampled(task, chosen.windows.size(), because);
        } catch (IOException e) {
            return sampled(task, 0, "the registry did not take them: " + e.getMessage());
        }
    }

    /** Windows of one shape, up to every limit. */
    private static final class Chosen {

        private final CalibrationMessage.Sample task;
        private final List<Tensor> windows = new ArrayList<>();
        private long bytes = HEADER_BYTES;

        private Chosen(CalibrationMessage.Sample task) {
            this.task = task;
        }

        private void add(Giving.Stream stream) {
            stream.grant().ifPresent(grant -> add(stream.windows(), grant));
        }

        private void add(List<Tensor> offered, SampleGrant grant) {
            var count = 0;
            var given = (long) HEADER_BYTES;
            for (var window : offered) {
                var size = (long) window.size() * Float.BYTES;
                var fits = windows.isEmpty() || Arrays.equals(windows.get(0).shape(), window.shape());
                var asked = windows.size() < task.maxWindows() && bytes + size <= task.maxBytes();
                if (!fits || !asked || count >= grant.windows() || given + size > grant.bytes()) {
                    return;
                }
                windows.add(window);
                count++;
                given += size;
                bytes += size;
            }
        }
    }

    private CalibrationMessage.Sampled sampled(CalibrationMessage.Sample task, int windows, String because) {
        return new CalibrationMessage.Sampled(
                task.recalibration(), task.model(), self.gateway(), self.site(), windows, because);
    }
}
